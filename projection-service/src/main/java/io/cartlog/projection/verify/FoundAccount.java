package io.cartlog.projection.verify;

import io.cartlog.projection.view.Row;

/// What stands in the table of an account, as a digest.
final class FoundAccount {
    private long digest;

    synchronized void add(Row row) {
        digest += Digests.of(row.canonical());
    }

    synchronized long digest() {
        return digest;
    }
}
