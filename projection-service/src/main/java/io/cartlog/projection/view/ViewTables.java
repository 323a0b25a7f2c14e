package io.cartlog.projection.view;

import java.util.List;
import java.util.function.LongSupplier;

/// The tables of the view, by version. Version 1 has the name of the view, version 2 is `NAME-v2`
/// ...
public interface ViewTables {
    /// Name of the view.
    String view();

    /// Name of a version's table.
    String name(int version);

    /// Creates the table if it is not there, and waits until it can be used.
    void create(int version) throws InterruptedException;

    /// Deletes the table if it is there.
    void drop(int version) throws InterruptedException;

    /// A writer of the version that is read: wakes those who wait for what it writes.
    ViewStore live(int version);

    /// A writer of a version that nobody reads yet, or any more.
    ViewStore beside(int version);

    /// A writer that fills a version with much at once.
    ///
    /// @param budget writes a second at most; 0 for as many as the store takes
    Bulk bulk(int version, int budget);

    /// @param writes puts and deletes so far, heads among them
    record Bulk(ViewStore store, LongSupplier writes) {}

    Views views(int version);

    TableScan scan(int version);

    /// How far a version reflects the log; nothing for a table that is not there.
    List<Position> positions(int version) throws InterruptedException;
}
