package io.cartlog.projection.view;

import io.cartlog.schemas.value.AccountId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An account whose view stands still because the next record of it cannot be applied. What follows
/// waits where it is: in the log.
///
/// @param version of the views in which it stands still
/// @param at the record that cannot be applied
/// @param since that record's time in the log
/// @param resumeAt where it may go on: everything of the account before this offset is applied;
///   null while it waits
public record Parked(
        int version,
        AccountId account,
        Place at,
        Instant since,
        String reason,
        @Nullable Long resumeAt) {

    static Parked at(int version, Logged.Unreadable unreadable) {
        return new Parked(
                version,
                unreadable.account(),
                unreadable.at(),
                unreadable.time(),
                unreadable.reason(),
                null);
    }

    /// The same account, free to go on.
    public Parked resumingAt(long offset) {
        return new Parked(version, account, at, since, reason, offset);
    }
}
