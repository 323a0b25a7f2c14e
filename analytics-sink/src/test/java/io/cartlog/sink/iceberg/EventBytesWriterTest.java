package io.cartlog.sink.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cartlog.schemas.avro.UnreadableRecordException;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.sink.RandomEvents;
import io.cartlog.sink.SampleEvents;
import io.cartlog.sink.row.EventBytes;
import io.cartlog.sink.row.EventRow;
import io.cartlog.sink.row.LakeRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.iceberg.inmemory.InMemoryOutputFile;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.parquet.Parquet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two ways from the bytes of an event into a file: through the codec and a row, and straight.
class EventBytesWriterTest {
    private static final int EVENTS = 4_000;
    private static final int DAMAGED = 60_000;
    private static final int PARTITION = 3;

    private final EventBytes straight = new EventBytes();

    // S0-27, D "Write Avro bytes straight into columns"
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void both_ways_give_the_same_file_byte_for_byte(long seed) {
        RandomEvents events = new RandomEvents(seed);
        List<byte[]> records =
                IntStream.range(0, EVENTS).mapToObj(events::recorded).map(this::bytes).toList();
        assertThat(file(records, this::straightOrNot))
                .as("seed %d", seed)
                .isEqualTo(file(records, this::throughTheCodec));
    }

    @Test
    void every_kind_of_event_goes_straight() {
        assertThat(SampleEvents.everyKind().map(e -> bytes(SampleEvents.recorded("1", 1, e))))
                .allMatch(record -> straight.read(PARTITION, 0, record));
    }

    /// Most damaged records are none any more; some are others.
    @Test
    void of_damaged_records_nothing_goes_straight_but_what_the_codec_reads_alike() {
        Random random = new Random(7);
        RandomEvents events = new RandomEvents(7);
        List<byte[]> taken = new ArrayList<>();
        for (int n = 0; n < DAMAGED; n++) {
            byte[] damaged = damaged(bytes(events.recorded(n)), random);
            if (straight.read(PARTITION, n, damaged)) {
                taken.add(damaged);
            }
        }
        assertThat(taken).hasSizeBetween(DAMAGED / 100, DAMAGED * 99 / 100);
        assertThat(file(taken, this::straightOrNot)).isEqualTo(file(taken, this::throughTheCodec));
    }

    @Test
    void what_is_unreadable_is_left_to_the_codec() {
        byte[] record = bytes(SampleEvents.recorded("1", 1, SampleEvents.added(1)));
        assertThat(
                        List.of(
                                new byte[0],
                                Arrays.copyOf(record, 5),
                                Arrays.copyOf(record, record.length - 1),
                                Arrays.copyOf(record, record.length + 1)))
                .noneMatch(odd -> straight.read(PARTITION, 0, odd))
                .allSatisfy(odd ->
                        assertThatExceptionOfType(UnreadableRecordException.class)
                                .isThrownBy(() -> Topics.EVENTS.values().fromBytes(odd)));
    }

    private static byte[] damaged(byte[] record, Random random) {
        byte[] damaged = record.clone();
        for (int i = 0; i <= random.nextInt(2); i++) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        return switch (random.nextInt(10)) {
            case 0 -> Arrays.copyOf(damaged, random.nextInt(damaged.length));
            case 1 -> Arrays.copyOf(damaged, damaged.length + 1 + random.nextInt(3));
            default -> damaged;
        };
    }

    private byte[] bytes(RecordedEvent event) {
        return Topics.EVENTS.values().toBytes(event);
    }

    private interface Way {
        LakeRow row(long offset, byte[] record);
    }

    private LakeRow straightOrNot(long offset, byte[] record) {
        return straight.read(PARTITION, offset, record)
                ? straight
                : throughTheCodec(offset, record);
    }

    private LakeRow throughTheCodec(long offset, byte[] record) {
        return EventRow.of(PARTITION, offset, Topics.EVENTS.values().fromBytes(record));
    }

    private static byte[] file(Collection<byte[]> records, Way way) {
        InMemoryOutputFile bytes = new InMemoryOutputFile();
        try (FileAppender<LakeRow> file =
                Parquet.write(bytes)
                        .schema(EventSchema.SCHEMA)
                        .setAll(EventSchema.PROPERTIES)
                        .createWriterFunc(LakeRowWriter::new)
                        .build()) {
            long offset = 0;
            for (byte[] record : records) {
                file.add(way.row(offset++, record));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
