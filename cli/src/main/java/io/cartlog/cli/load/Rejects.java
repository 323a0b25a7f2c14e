package io.cartlog.cli.load;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.cartlog.cli.terminal.CommandFailedException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The file of what was not accepted: columns line, reason, text.
final class Rejects implements Closeable {
    private final @Nullable CsvWriter csv;

    /// @param path absent if nobody wants the file
    Rejects(@Nullable Path path) {
        try {
            this.csv = path == null ? null : CsvWriter.builder().build(path);
        } catch (IOException e) {
            throw new CommandFailedException(path + " cannot be written: " + e.getMessage(), e);
        }
        if (csv != null) {
            csv.writeRecord("line", "reason", "text");
        }
    }

    void add(long source, String reason, String text) {
        if (csv != null) {
            csv.writeRecord(Long.toString(source), reason, text);
        }
    }

    @Override
    public void close() throws IOException {
        if (csv != null) {
            csv.close();
        }
    }
}
