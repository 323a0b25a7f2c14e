package io.cartlog.projection.view;

/// What a promotion would change.
public interface ViewComparison {

    /// @param moving accounts that changed all the time and could not be compared
    record Changes(long items, int moving) {}

    /// Compares two versions item by item.
    Changes changes(int from, int to) throws InterruptedException;
}
