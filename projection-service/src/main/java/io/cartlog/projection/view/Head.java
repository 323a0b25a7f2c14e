package io.cartlog.projection.view;

import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ItemStatus;

/// How far an account's view reflects the account's history. Every change of the view is written on
/// condition that the head still has the version before, and moves it.
///
/// @param version of the last event that the view reflects; 0 for an account without events
/// @param clearedVersion of the last checkout, or whatever else emptied the cart: what was active
///   then is active no more; 0 for none
/// @param sweeping items of that cart may still stand in the table
public record Head(AccountId account, long version, long clearedVersion, boolean sweeping)
        implements Item {

    public static Head none(AccountId account) {
        return new Head(account, 0, 0, false);
    }

    public boolean exists() {
        return version > 0;
    }

    /// Whether a line belongs to the view that this head stands for. A big order's lines are
    /// written before the head, and a big cart's are deleted after it.
    ///
    /// @param itemVersion by which the line was written
    public boolean shows(ItemStatus status, long itemVersion) {
        return switch (status) {
            case ACTIVE -> itemVersion > clearedVersion;
            case SAVED -> true;
            case PURCHASED -> itemVersion <= version;
        };
    }

    /// This head while the items of the cart that was checked out are being deleted.
    public Head marked() {
        return new Head(account, version, clearedVersion, true);
    }

    public Head swept() {
        return new Head(account, version, clearedVersion, false);
    }

    @Override
    public Key key() {
        return Key.head(account);
    }
}
