package io.cartlog.projection.view;

import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.value.AccountId;
import java.time.Instant;

/// A record of the log that belongs to an account, as far as it can be read.
public sealed interface Logged {
    Place at();

    AccountId account();

    /// One that can.
    record Event(Place at, RecordedEvent event) implements Logged {
        @Override
        public AccountId account() {
            return event.account();
        }
    }

    /// @param account by the record's key
    /// @param time when it was written
    /// @param reason why it cannot be read
    record Unreadable(Place at, AccountId account, Instant time, String reason) implements Logged {}
}
