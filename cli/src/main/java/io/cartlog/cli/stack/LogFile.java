package io.cartlog.cli.stack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// What a process printed since it was started; what the one before it printed is kept beside it as
/// `NAME.previous.log`.
record LogFile(Path path) {
    private static final int TAIL_BYTES = 64 * 1024;
    private static final int TAIL_LINES = 25;

    /// Makes room for a new process.
    void begin() {
        try {
            if (Files.exists(path)) {
                Files.move(path, previous(), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.createFile(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The last lines, with a heading.
    String end() {
        String text = tail();
        return text.isBlank()
                ? "It wrote nothing to " + path
                : "The end of %s:%n%s".formatted(path, lastLines(text));
    }

    private Path previous() {
        String name = path.getFileName().toString();
        return path.resolveSibling(name.replaceFirst("\\.log$", ".previous.log"));
    }

    private String tail() {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            byte[] bytes = new byte[Math.toIntExact(Math.min(file.length(), TAIL_BYTES))];
            file.seek(file.length() - bytes.length);
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String lastLines(String text) {
        List<String> lines = text.lines().toList();
        return String.join(
                "\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }
}
