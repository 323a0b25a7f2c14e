package io.cartlog.projection.view;

import java.util.Comparator;

/// Where a record stands in the log.
public record Place(int partition, long offset) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
            Comparator.comparingInt(Place::partition).thenComparingLong(Place::offset);

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    /// `2@17`.
    @Override
    public String toString() {
        return partition + "@" + offset;
    }
}
