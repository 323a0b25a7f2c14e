package io.cartlog.projection.view;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Between who fills a version and who keeps the views, within a process: which partitions are to
/// be filled, and how each is handed over once it is nearly at the end of the log. A partition is
/// with one of the two at a time; what each writes is guarded by the heads, so a moment of both
/// does no harm.
public final class Handover {
    private final Set<Integer> owned = new TreeSet<>();
    private final Map<Integer, Long> offers = new HashMap<>();
    private final Set<Integer> taken = new TreeSet<>();
    private int version;
    private @Nullable String failure;

    /// The process reads these partitions now.
    public synchronized void owns(Collection<Integer> partitions) {
        owned.addAll(partitions);
    }

    public synchronized void disowns(Collection<Integer> partitions) {
        owned.removeAll(partitions);
        offers.keySet().removeAll(partitions);
        taken.removeAll(partitions);
    }

    /// Another version is beside the live one.
    ///
    /// @param beside 0 for none
    /// @param both partitions that are written to both already
    public synchronized void begin(int beside, Set<Integer> both) {
        version = beside;
        failure = null;
        offers.clear();
        taken.clear();
        taken.addAll(both);
    }

    /// Partitions that somebody has to fill.
    ///
    /// @param beside 0 for none, which needs nothing
    public synchronized Set<Integer> toFill(int beside) {
        if (beside == 0 || beside != version || failure != null) {
            return Set.of();
        }
        Set<Integer> open = new TreeSet<>(owned);
        open.removeAll(offers.keySet());
        open.removeAll(taken);
        return open;
    }

    /// The version reflects the partition up to the offset, which is nearly all; whoever takes it
    /// goes on from there.
    public synchronized void offer(int beside, int partition, long offset) {
        if (beside == version && owned.contains(partition)) {
            offers.put(partition, offset);
        }
    }

    /// Takes what is offered.
    ///
    /// @return where to go on, by partition
    public synchronized Map<Integer, Long> take() {
        Map<Integer, Long> taking = Map.copyOf(offers);
        taken.addAll(taking.keySet());
        offers.clear();
        return taking;
    }

    /// It cannot be filled, or kept; the live version goes on without it.
    public synchronized void failed(int beside, String why) {
        if (beside == version) {
            failure = why;
            offers.clear();
            taken.clear();
        }
    }

    /// Why a version is written no more; null if nothing is wrong.
    public synchronized @Nullable String failure(int beside) {
        return beside == version ? failure : null;
    }

    /// Whether the process reads the first partition: of several instances one does.
    public synchronized boolean isFirst() {
        return owned.contains(0);
    }
}
