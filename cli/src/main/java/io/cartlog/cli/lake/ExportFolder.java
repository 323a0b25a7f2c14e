package io.cartlog.cli.lake;

import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.terminal.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Where an export goes: its files come one after the other in a ZIP, and the last says what they
/// are.
final class ExportFolder {
    static final String MANIFEST = "_export.json";

    private final Path folder;
    private @Nullable JsonNode manifest;

    ExportFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    boolean isEmpty() {
        if (!Files.exists(folder)) {
            return true;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @throws CommandFailedException if the export is not whole
    void fill(InputStream export) throws IOException {
        Files.createDirectories(folder);
        try (ZipInputStream zip = new ZipInputStream(export)) {
            for (ZipEntry file = zip.getNextEntry(); file != null; file = zip.getNextEntry()) {
                Path target = inside(file.getName());
                Files.createDirectories(target.resolveSibling(""));
                Files.copy(zip, target);
            }
        }
        Path last = folder.resolve(MANIFEST);
        if (!Files.exists(last)) {
            throw new CommandFailedException(
                    "the export broke off; what is in " + folder + " is not whole");
        }
        manifest = Json.MAPPER.readTree(Files.readAllBytes(last));
    }

    /// What was exported.
    JsonNode manifest() {
        if (manifest == null) {
            throw new IllegalStateException("nothing is exported yet");
        }
        return manifest;
    }

    private Path inside(String name) throws IOException {
        Path target = folder.resolve(name).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("a file outside of the folder: " + name);
        }
        return target;
    }
}
