package io.cartlog.projection.view;

import io.cartlog.schemas.value.AccountId;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Reading the whole table, past all keys.
public interface TableScan {

    /// About how many rows there are; the store may say so late.
    long roughSize();

    /// Gives every row once. The rows are no snapshot: writers may go on.
    ///
    /// @param expectedRows about how many there are; decides into how many parts the table is cut
    /// @param rows is called by several threads
    void scan(long expectedRows, Consumer<Row> rows) throws InterruptedException;

    /// All rows of one account, by key. An order's row without any line is found by the index,
    /// which on AWS follows its table by moments.
    Map<Key, Row> account(String account);

    /// Heads of those accounts that have one.
    Map<AccountId, Head> heads(Set<AccountId> accounts);
}
