package io.cartlog.cli.retail;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import de.siegmar.fastcsv.reader.StringArrayHandler;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// The file, line by line, plain or gzipped. A row is one line: a quote that is not closed breaks
/// its own line and no other.
public final class RetailFile implements Closeable {
    private static final CsvReaderBuilder CSV =
            CsvReader.builder().allowUnclosedQuote(false).skipEmptyLines(false);

    private final BufferedReader lines;
    private long number = 1;

    private RetailFile(BufferedReader lines) {
        this.lines = lines;
    }

    /// @throws IOException if the file cannot be read, or does not begin with the eight columns'
    ///   names
    public static RetailFile open(Path path, Charset charset) throws IOException {
        RetailFile file = new RetailFile(reader(path, charset));
        try {
            file.checkHeader(path);
            return file;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /// How many lines follow the header.
    public static long count(Path path, Charset charset) throws IOException {
        try (BufferedReader lines = reader(path, charset)) {
            return Math.max(0, lines.lines().count() - 1);
        }
    }

    private static BufferedReader reader(Path path, Charset charset) throws IOException {
        InputStream bytes = Files.newInputStream(path);
        try {
            InputStream plain =
                    path.toString().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes;
            return new BufferedReader(new InputStreamReader(plain, charset), 1 << 16);
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    private void checkHeader(Path path) throws IOException {
        String header = lines.readLine();
        if (header == null || !isHeader(header)) {
            throw new IOException(
                    path
                            + " does not begin with the columns "
                            + String.join(",", RetailRow.COLUMNS));
        }
    }

    /// Whether a file that begins with this line is one.
    public static boolean isHeader(String line) {
        String[] names = line.replace("\u00ef\u00bb\u00bf", "").replace("\ufeff", "").split(",");
        return Arrays.stream(names)
                .map(name -> name.replace("\"", "").strip())
                .toList()
                .equals(RetailRow.COLUMNS);
    }

    /// The next line, or null at the end.
    ///
    /// @throws IOException if the file cannot be read any further
    public @Nullable FileLine next() throws IOException {
        String text = lines.readLine();
        if (text == null) {
            return null;
        }
        number++;
        return parse(number, text);
    }

    /// One line of such a file, from wherever it comes.
    public static FileLine parse(long number, String text) {
        if (text.isBlank()) {
            return new FileLine.Broken(number, text, "the line is empty");
        }
        try {
            String[] fields = CSV.ofSingleCsvRecord(StringArrayHandler.of(), text);
            return fields.length == RetailRow.COLUMNS.size()
                    ? new FileLine.Row(number, text, RetailRow.of(fields))
                    : new FileLine.Broken(number, text, columns(fields.length));
        } catch (CsvParseException e) {
            return new FileLine.Broken(number, text, "not CSV: " + reason(e));
        }
    }

    private static String columns(int found) {
        return "%d columns instead of %d".formatted(found, RetailRow.COLUMNS.size());
    }

    private static String reason(CsvParseException e) {
        Throwable cause = e.getCause();
        return String.valueOf((cause == null ? e : cause).getMessage());
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
