package io.cartlog.sink.iceberg;

import io.cartlog.sink.row.LakeRow;
import io.cartlog.sink.row.Offsets;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.Table;
import org.apache.iceberg.inmemory.InMemoryOutputFile;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.parquet.Parquet;

/// A data file in the making: rows of one partition of the log that were recorded in one hour.
///
/// Its name is made of the offsets of its first and last row and of a digest of its bytes, and
/// these depend on the rows only. So the same part of the log always gives the same file: what a
/// writer left behind that died before its commit, the next one overwrites with the same bytes; and
/// no writer, whatever its version, overwrites a file with others. The name is known at the end, so
/// the bytes wait in memory until then.
final class LakeFile {
    /// A dictionary of these would be built and thrown away.
    private static final List<String> NEVER_TWICE_THE_SAME =
            List.of("event_id", "command_id", "kafka_offset");

    private static final int DIGITS_OF_THE_DIGEST = 16;

    private final Table table;
    private final Kind kind;
    private final int kafkaPartition;
    private final long hour;
    private final long firstOffset;
    private long lastOffset;
    private long count;
    private final InMemoryOutputFile bytes = new InMemoryOutputFile();
    private final FileAppender<LakeRow> rows;

    /// Who made a file, and so what its rows' absence from the table means.
    enum Kind {
        /// Out of the log.
        WRITTEN("p"),
        /// Out of smaller files.
        COMPACTED("c");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    private static final Pattern WRITTEN_NAME =
            Pattern.compile(".*/p(\\d+)-(\\d+)-\\d+(-[0-9a-f]+)?\\.parquet");

    /// Whether a file of this name was written out of a part of the log that lies, or begins,
    /// before `position`: if the table does not have it, no writer will add it any more.
    static boolean isPassed(String location, Offsets position) {
        Matcher name = WRITTEN_NAME.matcher(location);
        return !name.matches()
                || Long.parseLong(name.group(2)) < position.of(Integer.parseInt(name.group(1)));
    }

    /// @param hour in which the rows were recorded, since the epoch
    LakeFile(Table table, Kind kind, int kafkaPartition, long hour, long firstOffset) {
        this.table = table;
        this.kind = kind;
        this.kafkaPartition = kafkaPartition;
        this.hour = hour;
        this.firstOffset = firstOffset;
        this.rows = open();
    }

    private FileAppender<LakeRow> open() {
        try {
            Parquet.WriteBuilder file =
                    Parquet.write(bytes).forTable(table).createWriterFunc(LakeRowWriter::new);
            NEVER_TWICE_THE_SAME.forEach(column -> file.withDictionaryEncoding(column, false));
            return file.build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void add(LakeRow row) {
        rows.add(row);
        lastOffset = row.kafkaOffset();
        count++;
    }

    long count() {
        return count;
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
            byte[] content = bytes.toByteArray();
            String location = location(partition, content);
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
        partition.set(0, Math.toIntExact(hour));
        return partition;
    }

    private String location(PartitionData partition, byte[] content) {
        String name =
                "%s%05d-%019d-%019d-%s.parquet"
                        .formatted(
                                kind.prefix,
                                kafkaPartition,
                                firstOffset,
                                lastOffset,
                                digest(content));
        return table.locationProvider().newDataLocation(table.spec(), partition, name);
    }

    private static String digest(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest).substring(0, DIGITS_OF_THE_DIGEST);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
