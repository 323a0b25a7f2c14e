package io.cartlog.projection.view;

import java.util.Set;

/// Where it stands which versions there are. While the store is away, everything here waits.
public interface ViewRegister {

    /// As it is at this moment.
    ViewState load() throws InterruptedException;

    /// Replaces the state, if it still is as it was before and all of these partitions are known to
    /// be level: all in one.
    ///
    /// @param level partitions that must be marked for the epoch before
    /// @return false if something was otherwise
    boolean replace(ViewState before, ViewState after, Set<Integer> level)
            throws InterruptedException;

    /// Says that the version beside the live one shows as much of a partition as the live one, from
    /// now on and at every moment.
    ///
    /// @param epoch for which this holds
    void markLevel(int partition, long epoch) throws InterruptedException;

    /// Takes that back.
    void unmark(Set<Integer> partitions) throws InterruptedException;

    /// Partitions that are marked for the epoch.
    Set<Integer> level(long epoch) throws InterruptedException;
}
