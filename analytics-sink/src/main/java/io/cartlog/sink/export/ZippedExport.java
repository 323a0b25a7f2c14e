package io.cartlog.sink.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cartlog.sink.row.EventRow;
import io.cartlog.sink.row.ExportedPart;
import io.cartlog.sink.row.LakeContent;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// An export on its way: the files of `year=/month=/day=/hour=` one after the other in a ZIP, and
/// at last [#MANIFEST], without which it is not whole.
///
/// Nothing in it depends on when or from which files it was made.
final class ZippedExport {
    /// What was exported, as JSON. Readers of the folders pass over names that begin so.
    static final String MANIFEST = "_export.json";

    private static final int ROWS_OF_A_FILE = 100_000;
    private static final int BUFFER = 1 << 16;

    private final LakeContent content;
    private final Format format;
    private final ZipOutputStream zip;
    private final List<EventRow> rows = new ArrayList<>();
    private long filesDone;
    private long rowsDone;

    ZippedExport(LakeContent content, Format format, OutputStream out) {
        this.content = content;
        this.format = format;
        this.zip = new ZipOutputStream(new BufferedOutputStream(out, BUFFER), UTF_8);
    }

    void write() throws IOException {
        for (ExportedPart part : content.parts()) {
            part.rows().forEach(row -> add(part, row));
            endOfFile(part);
        }
        begin(MANIFEST);
        zip.write(manifest().getBytes(UTF_8));
        zip.closeEntry();
        zip.finish();
        zip.flush();
    }

    private void add(ExportedPart part, EventRow row) {
        rows.add(row);
        if (rows.size() == ROWS_OF_A_FILE) {
            endOfFile(part);
        }
    }

    private void endOfFile(ExportedPart part) {
        if (rows.isEmpty()) {
            return;
        }
        try {
            begin(path(part, rows.getFirst().kafkaOffset()));
            format.write(rows, zip);
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        filesDone++;
        rowsDone += rows.size();
        rows.clear();
    }

    private String path(ExportedPart part, long firstOffset) {
        LocalDateTime hour = LocalDateTime.ofEpochSecond(part.hour() * 3600, 0, ZoneOffset.UTC);
        return String.format(
                Locale.ROOT,
                "year=%04d/month=%02d/day=%02d/hour=%02d/p%05d-%019d.%s",
                hour.getYear(),
                hour.getMonthValue(),
                hour.getDayOfMonth(),
                hour.getHour(),
                part.kafkaPartition(),
                firstOffset,
                format.extension());
    }

    private void begin(String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
        zip.putNextEntry(entry);
    }

    private String manifest() {
        return """
        {"snapshot":"%d","format":"%s","offsets":%s,"files":%d,"rows":%d}
        """
                .formatted(
                        content.snapshotId(),
                        format.extension(),
                        content.offsets(),
                        filesDone,
                        rowsDone);
    }
}
