package io.cartlog.projection.view;

import io.cartlog.schemas.value.AccountId;

/// The log lacks an event of an account, or has them out of order: nothing good can come of going
/// on.
public final class VersionGapException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient AccountId account;
    private final long found;

    public VersionGapException(AccountId account, long expected, long found) {
        super("account " + account + ": version " + expected + " is due, found " + found);
        this.account = account;
        this.found = found;
    }

    public AccountId account() {
        return account;
    }

    public long found() {
        return found;
    }
}
