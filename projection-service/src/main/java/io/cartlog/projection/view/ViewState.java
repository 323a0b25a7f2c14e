package io.cartlog.projection.view;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which versions of the views there are, and what each is for. Stands in one item, and is replaced
/// by the next one on condition that nobody else has: that is all there is to a promotion.
///
/// There are two tables at most that somebody writes: the live one, and one beside it, which is
/// being built, or was live before. A number is never used twice, so a version is the same data for
/// ever.
///
/// @param revision counts every change of this record
/// @param epoch counts the changes of who is live and who is beside
/// @param live the version that is read
/// @param highest the newest version that there ever was
/// @param candidate that is being built, or waits to be promoted
/// @param previous that was live before, and is kept level for a way back
/// @param retired versions that nobody needs any more, and since when; their tables will be deleted
public record ViewState(
        long revision,
        long epoch,
        int live,
        int highest,
        @Nullable Candidate candidate,
        @Nullable Previous previous,
        Map<Integer, Instant> retired) {

    /// Who decides when a new version is good enough.
    public enum Promotion {
        /// It is promoted as soon as it is level with the live one.
        AUTO,
        /// It is kept level until somebody promotes it.
        MANUAL
    }

    /// What was ordered.
    ///
    /// @param maxChange how many items it may change at most; null for any number
    /// @param budget writes a second that filling it may cost; 0 for as many as the store takes
    public record Order(Promotion promotion, @Nullable Long maxChange, int budget) {
        public Order {
            if (budget < 0 || (maxChange != null && maxChange < 0)) {
                throw new IllegalArgumentException("a budget and a max-change are 0 or more");
            }
        }
    }

    /// @param held why it was not promoted as ordered; null if nothing speaks against it
    public record Candidate(int version, Instant since, Order order, @Nullable String held) {}

    public record Previous(int version, Instant since) {}

    public ViewState {
        retired = Map.copyOf(retired);
    }

    /// The first version, whose table has the name of the view.
    public static ViewState first() {
        return new ViewState(1, 1, 1, 1, null, null, Map.of());
    }

    /// The version that is written beside the live one.
    public OptionalInt beside() {
        if (candidate != null) {
            return OptionalInt.of(candidate.version());
        }
        return previous == null ? OptionalInt.empty() : OptionalInt.of(previous.version());
    }

    /// A new version begins; the previous one, if there is one, has to make room.
    ///
    /// @throws ViewRefusedException if one is being built already
    public ViewState begun(Order order, Instant now) {
        if (candidate != null) {
            throw new ViewRefusedException(new ViewRefusal.RebuildRunning(candidate.version()));
        }
        int version = highest + 1;
        return new ViewState(
                revision + 1,
                epoch + 1,
                live,
                version,
                new Candidate(version, now, order, null),
                null,
                previous == null ? retired : retired(previous.version(), now));
    }

    /// @throws ViewRefusedException if there is nothing to promote
    public ViewState promoted(Instant now) {
        return swapped(required(candidate, "is being built").version(), now);
    }

    /// @throws ViewRefusedException if there is no previous version
    public ViewState rolledBack(Instant now) {
        return swapped(required(previous, "was live before").version(), now);
    }

    private ViewState swapped(int next, Instant now) {
        return new ViewState(
                revision + 1, epoch + 1, next, highest, null, new Previous(live, now), retired);
    }

    /// Gives up what is beside the live version.
    ///
    /// @throws ViewRefusedException if there is nothing
    public ViewState dropped(Instant now) {
        int version =
                candidate == null
                        ? required(previous, "stands beside the live one").version()
                        : candidate.version();
        return new ViewState(
                revision + 1, epoch + 1, live, highest, null, null, retired(version, now));
    }

    /// The candidate waits for somebody to decide.
    ///
    /// @param why it is not promoted by itself
    public ViewState held(String why) {
        Candidate waiting = required(candidate, "is being built");
        Order order =
                new Order(Promotion.MANUAL, waiting.order().maxChange(), waiting.order().budget());
        return new ViewState(
                revision + 1,
                epoch,
                live,
                highest,
                new Candidate(waiting.version(), waiting.since(), order, why),
                previous,
                retired);
    }

    /// The table of a retired version is gone.
    public ViewState deleted(int version) {
        Map<Integer, Instant> rest = new TreeMap<>(retired);
        rest.remove(version);
        return new ViewState(revision + 1, epoch, live, highest, candidate, previous, rest);
    }

    private Map<Integer, Instant> retired(int version, Instant now) {
        Map<Integer, Instant> all = new TreeMap<>(retired);
        all.put(version, now);
        return all;
    }

    private static <T> T required(@Nullable T version, String what) {
        if (version == null) {
            throw new ViewRefusedException(new ViewRefusal.NoOtherVersion("no version " + what));
        }
        return version;
    }
}
