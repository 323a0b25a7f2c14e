package io.cartlog.projection.view;

import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.value.AccountId;
import java.util.List;
import java.util.Map;

/// Where views are written to. Used by one thread.
public interface ViewStore {

    /// Brings each account's view up to its events. When it returns, all of it is durable; what the
    /// view had already is skipped. While the store is away or overloaded this waits and tries
    /// again, for as long as it takes.
    ///
    /// @param events of each account, in order
    /// @throws InterruptedException if the thread was told to stop; part of it may be written
    Written write(Map<AccountId, List<RecordedEvent>> events) throws InterruptedException;

    /// @param items written, heads not counted
    /// @param gaps of accounts that lack an event: what comes before the gap is written, the rest
    ///   is not
    record Written(long items, List<Gap> gaps) {}

    /// @param expected version that is due
    /// @param found version that there is instead
    record Gap(AccountId account, long expected, long found) {}

    /// Forgets what it knows of heads, because another writer may have moved them.
    void forgetHeads();

    /// Positions of all partitions that have one.
    List<Position> positions() throws InterruptedException;

    void save(Position position) throws InterruptedException;
}
