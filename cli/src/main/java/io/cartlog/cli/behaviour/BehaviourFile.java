package io.cartlog.cli.behaviour;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import de.siegmar.fastcsv.reader.StringArrayHandler;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// The file, line by line, plain or gzipped, in UTF-8 with LF or CRLF (S2-02). A row is one line.
///
/// A last line without its end may be cut off in any column. It is taken for whole only if its last
/// column is a whole session, a UUID.
public final class BehaviourFile implements Closeable {
    private static final CsvReaderBuilder CSV =
            CsvReader.builder().allowUnclosedQuote(false).skipEmptyLines(false);
    private static final Pattern UUID =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final ByteLines lines;
    private final AtomicLong bytes;
    private long number = 1;

    private BehaviourFile(ByteLines lines, AtomicLong bytes) {
        this.lines = lines;
        this.bytes = bytes;
    }

    /// @throws IOException if the file cannot be read, or does not begin with the nine columns'
    ///   names
    public static BehaviourFile open(Path path) throws IOException {
        AtomicLong bytes = new AtomicLong();
        BehaviourFile file = new BehaviourFile(new ByteLines(stream(path, bytes)), bytes);
        try {
            file.checkHeader(path);
            return file;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static InputStream stream(Path path, AtomicLong bytes) throws IOException {
        InputStream counted = new Counted(Files.newInputStream(path), bytes);
        try {
            return path.toString().endsWith(".gz")
                    ? new GZIPInputStream(counted, 1 << 16)
                    : counted;
        } catch (IOException e) {
            counted.close();
            throw e;
        }
    }

    private void checkHeader(Path path) throws IOException {
        ByteLines.Line header = lines.next();
        String text = header == null ? "" : new String(header.bytes(), StandardCharsets.UTF_8);
        if (!isHeader(text)) {
            throw new IOException(
                    path
                            + " does not begin with the columns "
                            + String.join(",", BehaviourRow.COLUMNS));
        }
    }

    /// Whether a file that begins with this line is one.
    public static boolean isHeader(String line) {
        return List.of(line.strip().replace("\ufeff", "").split(",")).equals(BehaviourRow.COLUMNS);
    }

    /// The next line, or null at the end.
    public @Nullable BehaviourLine next() {
        ByteLines.Line line = lines.next();
        if (line == null) {
            return null;
        }
        number++;
        return parse(number, line);
    }

    /// Bytes of the file that were read so far, as they lie on the disk.
    public long bytesRead() {
        return bytes.get();
    }

    /// One line of such a file, from wherever its bytes come.
    public static BehaviourLine parse(long number, ByteLines.Line line) {
        String text;
        try {
            text = decoded(line.bytes());
        } catch (CharacterCodingException _) {
            String shown = new String(line.bytes(), StandardCharsets.ISO_8859_1);
            return new BehaviourLine.Broken(number, shown, "the bytes are not UTF-8");
        }
        String trouble = line.trouble();
        if (trouble != null) {
            return new BehaviourLine.Broken(number, text, trouble);
        }
        return parse(number, text, line.ended());
    }

    private static String decoded(byte[] bytes) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /// @param ended whether the file has the line's end
    static BehaviourLine parse(long number, String text, boolean ended) {
        try {
            return new BehaviourLine.Row(number, text, row(text, ended));
        } catch (IllegalArgumentException e) {
            return new BehaviourLine.Broken(number, text, String.valueOf(e.getMessage()));
        }
    }

    private static BehaviourRow row(String text, boolean ended) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("the line is empty");
        }
        String[] fields = fields(text);
        if (fields.length != BehaviourRow.COLUMNS.size()) {
            throw new IllegalArgumentException(
                    "%d columns instead of %d%s"
                            .formatted(
                                    fields.length,
                                    BehaviourRow.COLUMNS.size(),
                                    ended ? "" : ": the file ends within the line"));
        }
        BehaviourRow row = BehaviourRow.of(fields);
        if (!ended && (row.session() == null || !UUID.matcher(row.session()).matches())) {
            throw new IllegalArgumentException("the file ends within user_session");
        }
        return row;
    }

    private static String[] fields(String text) {
        try {
            return CSV.ofSingleCsvRecord(StringArrayHandler.of(), text);
        } catch (CsvParseException e) {
            Throwable cause = e.getCause();
            throw new IllegalArgumentException(
                    "not CSV: " + (cause == null ? e : cause).getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private static final class Counted extends FilterInputStream {
        private final AtomicLong bytes;

        Counted(InputStream in, AtomicLong bytes) {
            super(in);
            this.bytes = bytes;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            bytes.addAndGet(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            bytes.addAndGet(Math.max(0, count));
            return count;
        }
    }
}
