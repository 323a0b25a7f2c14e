package io.cartlog.projection.intake;

import io.cartlog.projection.view.CapacityMeter;
import io.cartlog.projection.view.Logged;
import io.cartlog.projection.view.Parked;
import io.cartlog.projection.view.Parking;
import io.cartlog.projection.view.ParkingWriter;
import io.cartlog.projection.view.Place;
import io.cartlog.projection.view.Skip;
import io.cartlog.projection.view.ViewRefusal.NotParked;
import io.cartlog.projection.view.ViewRefusedException;
import io.cartlog.projection.view.ViewTables;
import io.cartlog.projection.view.ViewVersions;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.value.AccountId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes up accounts again that were parked, when somebody says so.
///
/// What waits of the account is read from the log and written here, beside the intake, which goes
/// on with the others and holds this one. Only from where that has ended does the intake, or
/// whoever else reads the partition for the version, take it over.
final class Resumption {
    private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final LogLookup log;
    private final Parking parking;
    private final ViewTables tables;
    private final ViewVersions versions;
    private final DeadLetters deadLetters;
    private final Clock clock;
    private final ReentrantLock turn = new ReentrantLock();

    Resumption(
            LogLookup log,
            Parking parking,
            ViewTables tables,
            ViewVersions versions,
            DeadLetters deadLetters,
            Clock clock) {
        this.log = log;
        this.parking = parking;
        this.tables = tables;
        this.versions = versions;
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    /// What became of the account.
    enum State {
        /// It goes on.
        RELEASED,
        /// What waited is written; who reads the partition has not taken it over yet.
        RESUMING,
        /// It waits for the record that is named next.
        PARKED
    }

    /// @param applied events that waited and are written now
    /// @param next where the account waits, if it still does
    record Outcome(AccountId account, State state, long applied, @Nullable Parked next) {}

    /// Tries again to apply a record that an account waits for, and what follows.
    Outcome retry(Place at) throws InterruptedException {
        turn.lockInterruptibly();
        try {
            return resume(waitingFor(at));
        } finally {
            turn.unlock();
        }
    }

    /// Goes on without the record, for ever.
    ///
    /// @param by who says so
    Outcome skip(Place at, String by, String why) throws InterruptedException {
        turn.lockInterruptibly();
        try {
            List<Parked> waiting = waitingFor(at);
            Parked first = waiting.getFirst();
            long reached =
                    tables.views(first.version())
                            .head(first.account(), new CapacityMeter())
                            .version();
            parking.skip(
                    new Skip(
                            first.account(),
                            at,
                            first.since(),
                            first.reason(),
                            reached,
                            by,
                            clock.instant(),
                            why));
            LOG.atInfo()
                    .addKeyValue("partition", at.partition())
                    .addKeyValue("offset", at.offset())
                    .addKeyValue("by", by)
                    .addKeyValue("why", why)
                    .log("an account goes on without a record");
            return resume(waiting);
        } finally {
            turn.unlock();
        }
    }

    /// In the live version first.
    private List<Parked> waitingFor(Place at) throws InterruptedException {
        parking.look();
        int live = versions.look().live();
        List<Parked> waiting =
                parking.all().stream()
                        .filter(parked -> parked.at().equals(at))
                        .sorted(Comparator.comparing((Parked p) -> p.version() != live))
                        .toList();
        if (waiting.isEmpty()) {
            throw new ViewRefusedException(new NotParked(at));
        }
        return waiting;
    }

    /// @return what became of it in the first version
    private Outcome resume(List<Parked> waiting) throws InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        for (Parked parked : waiting) {
            outcomes.add(resume(parked));
        }
        return outcomes.getFirst();
    }

    private Outcome resume(Parked parked) throws InterruptedException {
        if (parked.resumeAt() != null) {
            return awaitRelease(parked, 0);
        }
        Attempt attempt = new Attempt(parked);
        long end = log.readOn(parked.at(), attempt::take);
        if (attempt.next != null) {
            return new Outcome(parked.account(), State.PARKED, attempt.applied, attempt.next);
        }
        if (!parking.replace(parked, parked.resumingAt(end))) {
            throw new ViewRefusedException(new NotParked(parked.at()));
        }
        return awaitRelease(parked, attempt.applied);
    }

    private Outcome awaitRelease(Parked parked, long applied) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            parking.look();
            Parked now = parking.of(parked.version(), parked.account());
            if (now == null) {
                return new Outcome(parked.account(), State.RELEASED, applied, null);
            }
            if (now.resumeAt() == null) {
                return new Outcome(parked.account(), State.PARKED, applied, now);
            }
            Thread.sleep(PAUSE);
        }
        return new Outcome(parked.account(), State.RESUMING, applied, null);
    }

    /// Writes what waits, up to the next record that cannot be applied.
    private final class Attempt {
        private final Parked parked;
        private final ParkingWriter writer;
        private @Nullable Parked next;
        private long applied;

        Attempt(Parked parked) {
            this.parked = parked;
            this.writer =
                    new ParkingWriter(parked.version(), tables.beside(parked.version()), parking);
            writer.goOn(parked);
        }

        void take(List<ConsumerRecord<byte[], byte[]>> records) throws InterruptedException {
            List<Logged> its =
                    records.stream()
                            .flatMap(record -> LogRecords.read(record).stream())
                            .filter(logged -> logged.account().equals(parked.account()))
                            .toList();
            if (next != null || its.isEmpty()) {
                return;
            }
            Map<AccountId, List<RecordedEvent>> written =
                    writer.write(Map.of(parked.account(), its), again -> putAside(again, records))
                            .applied();
            applied += written.values().stream().mapToLong(List::size).sum();
        }

        /// The record that it has waited for was put aside before.
        private void putAside(Parked again, List<ConsumerRecord<byte[], byte[]>> records)
                throws InterruptedException {
            next = again;
            if (!again.at().equals(parked.at())) {
                records.stream()
                        .filter(record -> record.offset() == again.at().offset())
                        .forEach(record -> deadLetters.send(record, again.reason()));
                deadLetters.flush();
            }
        }
    }
}
