package io.cartlog.projection.view;

import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.value.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/// The events of accounts, as the log has them, found by account and version.
///
/// What is known here is a prefix of each account's history: it may be behind the log for moments,
/// and for longer while the index is built anew.
public interface History {

    /// Version of the account's last event that is known here; 0 if none is.
    long latest(AccountId account);

    /// Log time of an event; empty if it is not known here.
    Optional<Instant> recordedAt(AccountId account, long version);

    /// The account's version at a moment: that of the last event with this log time or an earlier
    /// one; 0 if there is none.
    long versionAt(AccountId account, Instant moment);

    /// Waits until the account's version is known here, and all that stood in the log when this
    /// process began to read it.
    ///
    /// @return false if that was not so in time
    boolean await(AccountId account, long version, Duration patience) throws InterruptedException;

    /// Gives the events of these versions in their order, both ends included.
    ///
    /// @param to known here
    /// @throws HistoryUnavailableException if the log does not answer, or too many ask
    void read(AccountId account, long from, long to, Consumer<RecordedEvent> events);

    /// Gives the account's events as they become known, until the subscription is closed. What
    /// comes twice, or is known already, has to be told by its version.
    ///
    /// @param events must not wait for anything
    Subscription follow(AccountId account, Consumer<RecordedEvent> events);

    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
