package io.cartlog.projection.rebuild;

import io.cartlog.projection.view.Handover;
import io.cartlog.projection.view.LogExtent;
import io.cartlog.projection.view.Parking;
import io.cartlog.projection.view.ViewComparison;
import io.cartlog.projection.view.ViewComparison.Changes;
import io.cartlog.projection.view.ViewRefusal;
import io.cartlog.projection.view.ViewRefusal.NoOtherVersion;
import io.cartlog.projection.view.ViewRefusal.NotLevel;
import io.cartlog.projection.view.ViewRefusal.NotParked;
import io.cartlog.projection.view.ViewRefusal.RebuildRunning;
import io.cartlog.projection.view.ViewRefusal.RecordNotFound;
import io.cartlog.projection.view.ViewRefusal.TooManyChanges;
import io.cartlog.projection.view.ViewRefusal.ViewNotFound;
import io.cartlog.projection.view.ViewRefusedException;
import io.cartlog.projection.view.ViewRegister;
import io.cartlog.projection.view.ViewState;
import io.cartlog.projection.view.ViewState.Candidate;
import io.cartlog.projection.view.ViewState.Order;
import io.cartlog.projection.view.ViewState.Promotion;
import io.cartlog.projection.view.ViewTables;
import io.cartlog.projection.view.ViewVersions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after the versions of the views: looks every half second which there are, and which
/// accounts are parked in them, has this process's part of them filled, and does what was ordered,
/// when it is due. Of several instances each fills what it reads, and the one that reads the first
/// partition does the rest.
final class Steward {
    private static final Logger LOG = LoggerFactory.getLogger(Steward.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    /// Whoever still read, or wrote, a version when it was retired has noticed by then.
    private static final Duration RETIRED_FOR = Duration.ofSeconds(10);

    private static final int ATTEMPTS = 20;

    private final ViewVersions versions;
    private final ViewTables tables;
    private final ViewRegister register;
    private final Handover handover;
    private final LogExtent log;
    private final Parking parking;
    private final ViewComparison comparison;
    private final RebuildSettings settings;
    private final IntFunction<Consumer<byte[], byte[]>> consumers;
    private final Clock clock;
    private final Thread lookout =
            Thread.ofPlatform().daemon().name("steward").unstarted(this::lookOut);
    private final Thread chores =
            Thread.ofPlatform().daemon().name("chores").unstarted(this::doChores);
    private @Nullable Filler filler;
    private volatile int filledVersion;
    private volatile FillProgress progress = new FillProgress();

    Steward(
            ViewVersions versions,
            ViewTables tables,
            ViewRegister register,
            Handover handover,
            LogExtent log,
            Parking parking,
            ViewComparison comparison,
            RebuildSettings settings,
            IntFunction<Consumer<byte[], byte[]>> consumers,
            Clock clock,
            MeterRegistry meters) {
        this.versions = versions;
        this.tables = tables;
        this.register = register;
        this.handover = handover;
        this.log = log;
        this.parking = parking;
        this.comparison = comparison;
        this.settings = settings;
        this.consumers = consumers;
        this.clock = clock;
        gauge(meters, "live.version", "Version that is read", s -> s.versions.live().version());
        gauge(meters, "rebuild.events", "Events folded", s -> s.progress.events());
        gauge(meters, "rebuild.writes", "Puts and deletes", s -> s.progress.writes());
        gauge(meters, "rebuild.remaining", "Offsets to read", s -> s.progress.remaining());
        gauge(meters, "rebuild.left", "Seconds to go", s -> s.progress.secondsLeft());
    }

    /// Of this process and the version that it has filled last.
    private void gauge(
            MeterRegistry meters, String name, String what, ToDoubleFunction<Steward> value) {
        Gauge.builder("cartlog.views." + name, this, value).description(what).register(meters);
    }

    void start() {
        lookout.start();
        chores.start();
    }

    void stop() throws InterruptedException {
        chores.interrupt();
        chores.join();
        lookout.interrupt();
        lookout.join();
        if (filler != null) {
            filler.stop();
        }
    }

    private void lookOut() {
        repeatedly(() -> {
            fill(versions.look());
            parking.look();
        });
    }

    private void doChores() {
        repeatedly(() -> {
            ViewState state = versions.seen();
            if (handover.isFirst()) {
                promoteIfDue(state);
                expire(state);
                delete(state);
            }
        });
    }

    private interface Round {
        void run() throws InterruptedException;
    }

    /// What goes wrong once may go well the next time: nobody else would do it.
    private static void repeatedly(Round round) {
        try {
            while (true) {
                Thread.sleep(LOOK_EVERY);
                try {
                    round.run();
                } catch (RuntimeException e) {
                    LOG.atWarn().setCause(e).log("the versions of the views were not looked after");
                }
            }
        } catch (InterruptedException _) {
            LOG.debug("nobody looks after the versions any more");
        }
    }

    private void fill(ViewState state) throws InterruptedException {
        int version = state.beside().orElse(0);
        if (filler != null && (!filler.isRunning() || filledVersion != version)) {
            filler.stop();
            filler = null;
        }
        if (filler == null && !handover.toFill(version).isEmpty()) {
            if (filledVersion != version) {
                filledVersion = version;
                progress = new FillProgress();
            }
            filler =
                    new Filler(
                            version,
                            budget(state),
                            settings.chunk(),
                            tables,
                            handover,
                            log,
                            parking,
                            progress,
                            consumers);
            filler.start();
        }
    }

    private static int budget(ViewState state) {
        Candidate candidate = state.candidate();
        return candidate == null ? 0 : candidate.order().budget();
    }

    private void promoteIfDue(ViewState state) throws InterruptedException {
        Candidate candidate = state.candidate();
        if (candidate == null
                || candidate.order().promotion() != Promotion.AUTO
                || !notLevel(state).isEmpty()) {
            return;
        }
        try {
            promote(candidate.order().maxChange());
        } catch (ViewRefusedException e) {
            refused(state, e.refusal());
        }
    }

    private void refused(ViewState state, ViewRefusal refusal) throws InterruptedException {
        switch (refusal) {
            case TooManyChanges many -> {
                String why =
                        "%d items would change, %d are allowed"
                                .formatted(many.changes(), many.most());
                LOG.atWarn().addKeyValue("version", many.version()).log("not promoted: " + why);
                versions.replace(state, state.held(why), Set.of());
            }
            // Somebody was faster, or it will be level again in a moment.
            case NotLevel _,
                    NoOtherVersion _,
                    RebuildRunning _,
                    ViewNotFound _,
                    RecordNotFound _,
                    NotParked _ ->
                    LOG.atDebug().addKeyValue("refusal", refusal).log("not promoted now");
        }
    }

    private void expire(ViewState state) throws InterruptedException {
        ViewState.Previous previous = state.previous();
        if (previous != null
                && clock.instant().isAfter(previous.since().plus(settings.keepPrevious()))) {
            versions.replace(state, state.dropped(clock.instant()), Set.of());
        }
    }

    private void delete(ViewState state) throws InterruptedException {
        for (Map.Entry<Integer, Instant> retired : state.retired().entrySet()) {
            if (clock.instant().isAfter(retired.getValue().plus(RETIRED_FOR))) {
                tables.drop(retired.getKey());
                parking.forget(retired.getKey());
                versions.replace(state, state.deleted(retired.getKey()), Set.of());
                LOG.atInfo()
                        .addKeyValue("table", tables.name(retired.getKey()))
                        .log("the table of a retired version is deleted");
                return;
            }
        }
    }

    /// Orders a new version.
    ViewState rebuild(Order order) throws InterruptedException {
        return changed(state -> state.begun(order, clock.instant()));
    }

    /// Makes the new version the live one, once it is level.
    ///
    /// @param maxChange how many items this may change at most; null for any number
    ViewState promote(@Nullable Long maxChange) throws InterruptedException {
        return changeOver(state -> state.promoted(clock.instant()), maxChange);
    }

    /// Makes the version live again that was live before.
    ViewState rollback() throws InterruptedException {
        return changeOver(state -> state.rolledBack(clock.instant()), null);
    }

    private ViewState changeOver(Function<ViewState, ViewState> change, @Nullable Long maxChange)
            throws InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            ViewState before = versions.look();
            ViewState after = change.apply(before);
            if (handover.failure(before.beside().orElse(0)) != null) {
                break;
            }
            if (notLevel(before).isEmpty()) {
                check(before.live(), after.live(), maxChange);
                if (versions.replace(before, after, partitions())) {
                    return after;
                }
            }
            Thread.sleep(LOOK_EVERY);
        }
        ViewState state = versions.look();
        throw new ViewRefusedException(new NotLevel(state.beside().orElse(0), notLevel(state)));
    }

    ViewState drop() throws InterruptedException {
        return changed(state -> state.dropped(clock.instant()));
    }

    private ViewState changed(Function<ViewState, ViewState> change) throws InterruptedException {
        while (true) {
            ViewState before = versions.look();
            ViewState after = change.apply(before);
            if (versions.replace(before, after, Set.of())) {
                return after;
            }
        }
    }

    private void check(int live, int next, @Nullable Long maxChange) throws InterruptedException {
        if (maxChange == null) {
            return;
        }
        Changes changes = comparison.changes(live, next);
        if (changes.items() + changes.moving() > maxChange) {
            throw new ViewRefusedException(
                    new TooManyChanges(next, changes.items() + changes.moving(), maxChange));
        }
    }

    /// Partitions of which the version beside is not known to be level.
    Set<Integer> notLevel(ViewState state) throws InterruptedException {
        Set<Integer> open = new TreeSet<>(partitions());
        open.removeAll(register.level(state.epoch()));
        return open;
    }

    private Set<Integer> partitions() {
        return log.ends().keySet();
    }

    /// What this process has done for a version; nothing, if it was another one's work.
    FillProgress progress(int version) {
        return version == filledVersion ? progress : new FillProgress();
    }
}
