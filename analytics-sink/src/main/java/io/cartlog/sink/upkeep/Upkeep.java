package io.cartlog.sink.upkeep;

import io.cartlog.sink.iceberg.LakeUpkeep;
import io.cartlog.sink.iceberg.LakeUpkeep.Compacted;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The lake's upkeep, one piece of work at a time. Several services may do it at once: what one
/// does already, Iceberg refuses to the other.
public final class Upkeep implements AutoCloseable {
    /// Nothing younger is an orphan: no commit takes so long.
    static final Duration SAFE_AGE = Duration.ofDays(1);

    private static final Logger LOGGER = LoggerFactory.getLogger(Upkeep.class);

    private final LakeUpkeep lake;
    private final LoadedSnapshot loaded;
    private final Rules rules;
    private final InstantSource clock;
    private final ScheduledExecutorService schedule =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("upkeep").daemon().factory());

    /// @param every time between two rounds
    /// @param fileBytes what small files are made into
    /// @param keepSnapshots how long one can be gone back to
    public record Rules(Duration every, long fileBytes, Duration keepSnapshots) {}

    /// What the warehouse does not need any more.
    @FunctionalInterface
    public interface LoadedSnapshot {
        /// The newest snapshot that is in the warehouse whole, with all before it; null: none is.
        ///
        /// @throws RuntimeException if that cannot be known now
        @Nullable Long newest();
    }

    /// @param lake for this alone
    public Upkeep(LakeUpkeep lake, LoadedSnapshot loaded, Rules rules, InstantSource clock) {
        this.lake = lake;
        this.loaded = loaded;
        this.rules = rules;
        this.clock = clock;
    }

    public void start() {
        long millis = rules.every().toMillis();
        var _ = schedule.scheduleWithFixedDelay(this::round, millis, millis, TimeUnit.MILLISECONDS);
    }

    /// Everything once. What cannot be done now is done next time.
    private void round() {
        try {
            Compacted compacted = compact();
            int expired = expire(rules.keepSnapshots());
            int removed = clean().size();
            LOGGER.atInfo()
                    .addKeyValue("compacted", compacted)
                    .addKeyValue("expired", expired)
                    .addKeyValue("removed", removed)
                    .log("looked after the lake");
        } catch (RuntimeException e) {
            LOGGER.atWarn().setCause(e).log("the lake was not looked after; trying again later");
        }
    }

    public synchronized Compacted compact() {
        return lake.compact(rules.fileBytes());
    }

    /// Forgets snapshots that are older and that the warehouse has.
    ///
    /// @return how many
    public synchronized int expire(Duration age) {
        return lake.expire(clock.instant().minus(age), loaded.newest());
    }

    /// Removes what is older than [#SAFE_AGE] and belongs to nothing.
    ///
    /// @return what was removed
    public synchronized List<String> clean() {
        return lake.clean(clock.instant().minus(SAFE_AGE));
    }

    public synchronized List<LakeUpkeep.Version> snapshots() {
        return lake.snapshots();
    }

    /// Stops; a piece of work that is under way is finished.
    @Override
    public void close() {
        schedule.shutdown();
        try {
            var _ = schedule.awaitTermination(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
