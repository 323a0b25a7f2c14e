package io.cartlog.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.localstack.LocalStack;
import io.cartlog.localstack.LocalStackSettings;
import io.cartlog.localstack.Part;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.sink.AnalyticsSink.Roll;
import io.cartlog.sink.iceberg.EventTable;
import io.cartlog.sink.iceberg.StoredFile;
import io.cartlog.sink.row.EventRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Services of two releases write to one log. `-Dcartlog.events=100000` for the long form.
class SchemaVersionsIT {
    private static final int EVENTS = Integer.getInteger("cartlog.events", 20_000);
    private static final Roll IN_SMALL_FILES = new Roll(64 << 10, Duration.ofHours(1));

    @TempDir private Path folder;
    private LocalStack stack;
    private LogWriter log;
    private World world;

    @BeforeEach
    void start() {
        stack =
                LocalStack.start(
                        LocalStackSettings.inFolder(folder)
                                .only(Part.KAFKA, Part.S3, Part.POSTGRES));
        log = new LogWriter(stack.addresses().kafka());
        world = World.on(stack.addresses(), log);
    }

    @AfterEach
    void stop() {
        world.close();
        log.close();
        stack.close();
    }

    /// One release writes to the first partition of the log, both write to the second, in turns.
    // D, show 4; kafka-connect-storage-cloud #525
    @Test
    void events_of_two_schema_versions_give_as_many_files_as_of_one() throws Exception {
        world.topics.ensure(2, (short) 1);
        List<RecordedEvent> events =
                IntStream.rangeClosed(1, EVENTS)
                        .mapToObj(n -> SampleEvents.recorded("account", n, SampleEvents.added(n)))
                        .toList();
        List<byte[]> ofOne = events.stream().map(Topics.EVENTS.values()::toBytes).toList();
        List<byte[]> ofTwo =
                IntStream.range(0, EVENTS)
                        .mapToObj(n -> n % 2 == 0 ? ofOne.get(n) : SecondVersion.of(ofOne.get(n)))
                        .toList();
        assertThat(ofTwo.get(1)).isNotEqualTo(ofOne.get(1));
        log.writeBytes(0, ofOne);
        log.writeBytes(1, ofTwo);

        EventTable lake = world.lake().events();
        world.sink(world.lake(), Set.of(0, 1), IN_SMALL_FILES)
                .flush(world.end())
                .get(300, TimeUnit.SECONDS);

        assertThat(rowsOfFiles(lake, 1)).hasSizeGreaterThan(4).isEqualTo(rowsOfFiles(lake, 0));
        assertThat(eventsOf(lake, 1))
                .isEqualTo(events.stream().map(e -> e.eventId().toString()).toList());
        assertThat(eventsOf(lake, 0)).isEqualTo(eventsOf(lake, 1));
    }

    private static List<Long> rowsOfFiles(EventTable lake, int partition) {
        return lake.files().stream()
                .filter(file -> file.partition() == partition)
                .sorted(Comparator.comparingLong(StoredFile::firstOffset))
                .map(StoredFile::rowCount)
                .toList();
    }

    private static List<String> eventsOf(EventTable lake, int partition) {
        return World.rows(lake).stream()
                .filter(row -> row.kafkaPartition() == partition)
                .sorted(Comparator.comparingLong(EventRow::kafkaOffset))
                .map(EventRow::eventId)
                .toList();
    }
}
