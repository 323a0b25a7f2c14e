package io.cartlog.projection.verify;

import io.cartlog.projection.view.CartView;
import io.cartlog.projection.view.Head;
import io.cartlog.projection.view.Item;
import io.cartlog.projection.view.Key;
import io.cartlog.projection.view.Row;
import io.cartlog.projection.view.Skips;
import io.cartlog.projection.view.TableLayout;
import io.cartlog.projection.view.ViewChange;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.value.AccountId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The same as [ExpectedAccount] with every item in full, for the few accounts that differ.
final class ExpectedItems {
    private final TableLayout layout;
    private final Skips skips;
    private final Map<Key, Row> rows = new HashMap<>();
    private Head head;

    /// @param skips after which versions others may be missing
    ExpectedItems(AccountId account, TableLayout layout, Skips skips) {
        this.head = Head.none(account);
        this.layout = layout;
        this.skips = skips;
    }

    void add(RecordedEvent event) {
        ViewChange change = CartView.apply(head, List.of(event), skips);
        change.puts().forEach(this::put);
        change.orders().forEach(this::put);
        change.purchased().forEach(this::put);
        change.deletes().forEach(rows::remove);
        head = change.after();
        put(head);
    }

    private void put(Item item) {
        rows.put(item.key(), layout.row(item));
    }

    long version() {
        return head.version();
    }

    Map<Key, Row> rows() {
        return rows;
    }
}
