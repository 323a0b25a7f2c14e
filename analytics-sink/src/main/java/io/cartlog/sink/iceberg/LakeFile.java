package io.cartlog.sink.iceberg;

import io.cartlog.sink.row.EventRow;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.Table;
import org.apache.iceberg.inmemory.InMemoryOutputFile;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.parquet.Parquet;

/// A data file in the making: rows of one partition of the log that were recorded on one day.
///
/// Its name is made of the offsets of its first and last row, and its bytes depend on the rows
/// only. So the same part of the log always gives the same file: what a writer left behind that
/// died before its commit, the next one overwrites with the same bytes. The name is known at the
/// end, so the bytes wait in memory until then.
final class LakeFile {
    /// A dictionary of these would be built and thrown away.
    private static final List<String> NEVER_TWICE_THE_SAME =
            List.of("event_id", "command_id", "kafka_offset");

    private final Table table;
    private final int kafkaPartition;
    private final long day;
    private final long firstOffset;
    private long lastOffset;
    private final InMemoryOutputFile bytes = new InMemoryOutputFile();
    private final FileAppender<EventRow> rows;

    LakeFile(Table table, int kafkaPartition, long day, long firstOffset) {
        this.table = table;
        this.kafkaPartition = kafkaPartition;
        this.day = day;
        this.firstOffset = firstOffset;
        this.rows = open();
    }

    private FileAppender<EventRow> open() {
        try {
            Parquet.WriteBuilder file =
                    Parquet.write(bytes).forTable(table).createWriterFunc(EventRowWriter::new);
            NEVER_TWICE_THE_SAME.forEach(column -> file.withDictionaryEncoding(column, false));
            return file.build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void add(EventRow row) {
        rows.add(row);
        lastOffset = row.kafkaOffset();
    }

    /// Bytes so far, as far as the writer knows.
    long length() {
        return rows.length();
    }

    /// Stores the file under its name. It is not in the table before it is committed.
    DataFile store() {
        try {
            rows.close();
            PartitionData partition = partition();
            String location = location(partition);
            byte[] content = bytes.toByteArray();
            try (OutputStream out = table.io().newOutputFile(location).createOrOverwrite()) {
                out.write(content);
            }
            return DataFiles.builder(table.spec())
                    .withPath(location)
                    .withFormat(FileFormat.PARQUET)
                    .withPartition(partition)
                    .withFileSizeInBytes(content.length)
                    .withMetrics(rows.metrics())
                    .withSplitOffsets(rows.splitOffsets())
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PartitionData partition() {
        PartitionData partition = new PartitionData(table.spec().partitionType());
        partition.set(0, Math.toIntExact(day));
        return partition;
    }

    private String location(PartitionData partition) {
        String name =
                String.format("p%05d-%019d-%019d.parquet", kafkaPartition, firstOffset, lastOffset);
        return table.locationProvider().newDataLocation(table.spec(), partition, name);
    }
}
