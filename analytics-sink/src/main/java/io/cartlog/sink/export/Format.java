package io.cartlog.sink.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cartlog.sink.iceberg.LakeExport;
import io.cartlog.sink.row.EventRow;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;

/// What an exported file is written as.
enum Format {
    /// An object a line.
    JSON,
    /// With a header.
    CSV,
    /// With the columns of the table.
    PARQUET;

    /// Of the files' names.
    String extension() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Writes a whole file; leaves the stream open.
    void write(List<EventRow> rows, OutputStream out) throws IOException {
        switch (this) {
            case JSON -> {
                for (EventRow row : rows) {
                    line(RowText.json(row), out);
                }
            }
            case CSV -> {
                line(RowText.csvHeader(), out);
                for (EventRow row : rows) {
                    line(RowText.csv(row), out);
                }
            }
            case PARQUET -> out.write(LakeExport.parquet(rows::forEach));
        }
    }

    private static void line(String text, OutputStream out) throws IOException {
        out.write(text.getBytes(UTF_8));
        out.write('\n');
    }
}
