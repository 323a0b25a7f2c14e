package io.cartlog.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.localstack.LocalStack;
import io.cartlog.localstack.LocalStackSettings;
import io.cartlog.localstack.Part;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.sink.row.EventRow;
import io.cartlog.sink.row.Offsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Two sinks share the log and are killed, one after the other, where it hurts; then each store is
/// away, and answers are lost. `-Dcartlog.kills=50 -Dcartlog.away-seconds=60
/// -Dintegration.seconds=3600 -Djunit.jupiter.execution.timeout.mode=disabled` for the long form.
@Timeout(1200)
class KillsIT {
    private static final int KILLS = Integer.getInteger("cartlog.kills", 4);
    private static final Duration AWAY =
            Duration.ofSeconds(Integer.getInteger("cartlog.away-seconds", 3));
    private static final Map<String, Object> QUICK =
            Map.of("cartlog.sink.roll-interval", "200ms", "cartlog.sink.session-timeout", "2s");

    @TempDir private Path folder;
    private LocalStack stack;
    private LogWriter log;
    private World world;

    /// Places on the way of a commit, from the first file to the ledger of the warehouse.
    private enum Point {
        BEFORE_THE_FIRST_FILE,
        WITH_A_FILE_AND_NO_MANIFEST,
        BEFORE_THE_MANIFEST,
        BEFORE_THE_LIST_OF_MANIFESTS,
        WITH_METADATA_THAT_THE_CATALOG_DOES_NOT_KNOW,
        COMMITTED_AND_NOT_TOLD,
        BEFORE_THE_LOAD,
        WITH_ROWS_IN_THE_STAGING_TABLE,
        WITH_A_LEDGER_ROW_THAT_IS_NOT_COMMITTED;

        void kill(ServiceProcess victim) {
            switch (this) {
                case BEFORE_THE_FIRST_FILE -> victim.objects.before("PUT \\S+/data/", victim::kill);
                case WITH_A_FILE_AND_NO_MANIFEST ->
                        victim.objects.afterAnswerTo("PUT \\S+/data/", victim::kill);
                case BEFORE_THE_MANIFEST -> victim.objects.before("PUT \\S+-m0.avro", victim::kill);
                case BEFORE_THE_LIST_OF_MANIFESTS ->
                        victim.objects.before("PUT \\S+/metadata/snap-", victim::kill);
                case WITH_METADATA_THAT_THE_CATALOG_DOES_NOT_KNOW ->
                        victim.database.before("UPDATE iceberg_tables", victim::kill);
                case COMMITTED_AND_NOT_TOLD ->
                        victim.database.afterAnswerTo("UPDATE iceberg_tables", victim::kill);
                case BEFORE_THE_LOAD ->
                        victim.database.before("lock table warehouse.load_ledger", victim::kill);
                case WITH_ROWS_IN_THE_STAGING_TABLE ->
                        victim.database.before("insert into warehouse.events", victim::kill);
                case WITH_A_LEDGER_ROW_THAT_IS_NOT_COMMITTED ->
                        victim.database.afterAnswerTo(
                                "insert into warehouse.load_ledger", victim::kill);
            }
        }
    }

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

    // D, show 2; S0-27
    @Test
    void killed_and_paused_under_load_they_lose_nothing_and_double_nothing() throws Exception {
        world.topics.ensure(4, (short) 1);
        Random random = new Random(KILLS);
        Deque<ServiceProcess> members = new ArrayDeque<>();
        members.add(member());
        members.add(member());
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Void> load =
                CompletableFuture.runAsync(() -> load(enough), Thread::startVirtualThread);
        for (int kill = 0; kill < KILLS; kill++) {
            ServiceProcess victim = members.removeFirst();
            victim.await("/internal/progress", p -> p.path("lakeRows").asLong(0) > 0);
            if (kill % 4 == 3) {
                LockSupport.parkNanos(random.nextInt(1_000) * 1_000_000L);
                victim.kill();
            } else {
                Point point = point(kill);
                point.kill(victim);
                World.await(point.name(), () -> !victim.isAlive());
            }
            members.add(member());
        }
        loseAnswers(members.getFirst());
        leaveWithout(m -> m.objects, members);
        leaveWithout(m -> m.database, members);
        pause(members.getFirst(), members.getLast());
        enough.set(true);
        load.join();
        proveEachOnce(members.getLast());
    }

    /// In the short form other ones than those that stand side by side.
    private static Point point(int kill) {
        Point[] all = Point.values();
        return all[(4 + kill * 4) % all.length];
    }

    private ServiceProcess member() {
        return world.keep(new ServiceProcess(world, QUICK));
    }

    private void load(AtomicBoolean enough) {
        while (!enough.get()) {
            log.write(events(world.account()));
            LockSupport.parkNanos(25_000_000);
        }
    }

    /// A commit to the lake and one to the warehouse are in, and nobody says so.
    private static void loseAnswers(ServiceProcess member) {
        for (String commit : List.of("UPDATE iceberg_tables", "COMMIT")) {
            member.database.loseAnswerTo(commit);
            World.await("no answer to " + commit, member.database::hasSnapped);
        }
    }

    /// All do without a store for a while, and then go on where they were.
    private void leaveWithout(
            Function<ServiceProcess, Wire> store, Collection<ServiceProcess> members) {
        members.forEach(member -> store.apply(member).cut());
        LockSupport.parkNanos(AWAY.toNanos());
        members.forEach(member -> store.apply(member).mend());
        Offsets end = world.end();
        members.forEach(member -> awaitAllOf(end, member));
    }

    /// One stands still until the other has its work, and then goes on as if nothing had happened.
    private void pause(ServiceProcess zombie, ServiceProcess heir) throws Exception {
        zombie.await("/internal/progress", p -> p.path("lakeRows").asLong(0) > 0);
        zombie.signal("STOP");
        awaitAllOf(world.end(), heir);
        zombie.signal("CONT");
        awaitAllOf(world.end(), zombie);
    }

    private static void awaitAllOf(Offsets end, ServiceProcess member) {
        member.await(
                "/internal/progress",
                progress ->
                        progress.has("partitions")
                                && progress.get("partitions")
                                        .valueStream()
                                        .allMatch(p ->
                                                p.get("lake").asLong()
                                                        >= end.of(p.get("partition").asInt())));
    }

    /// By offsets, and by the digest of what they hold.
    private void proveEachOnce(ServiceProcess survivor) throws Exception {
        survivor.awaitPosted("/internal/flush", p -> p.path("lag").asLong(-1) == 0);
        JsonNode report = survivor.awaitPosted("/internal/reconcile", r -> r.has("report"));
        long events = log.committed().size();
        assertThat(report.at("/report/differenceCount").asLong(-1)).as("%s", report).isZero();
        assertThat(report.at("/report/log/events").asLong()).isEqualTo(events);
        assertThat(report.at("/report/lake/digest"))
                .isEqualTo(report.at("/report/warehouse/digest"));
        assertThat(
                        world.sql(
                                """
                                select count(*) || ' ' || count(distinct (kafka_partition, kafka_offset))
                                from warehouse.events
                                """))
                .containsExactly(events + " " + events);
        assertThat(
                        World.rows(world.lake().events()).stream()
                                .map(EventRow::eventId)
                                .sorted()
                                .toList())
                .isEqualTo(world.eventIds().stream().sorted().toList());
    }

    private static List<RecordedEvent> events(String account) {
        return IntStream.rangeClosed(1, 10)
                .mapToObj(n ->
                        SampleEvents.recorded(account, n, SampleEvents.sold(account, n, n, "2.55")))
                .toList();
    }
}
