package io.cartlog.projection.view;

import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.value.AccountId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The rows of one account after its changes, as a store has to leave them.
public final class TableModel {
    private final TableLayout layout = new TableLayout(4);
    private final Map<Key, Row> rows = new TreeMap<>();
    private Head head;

    public TableModel(AccountId account) {
        head = Head.none(account);
    }

    /// What the history makes of an empty table, one event at a time.
    public static Map<Key, Row> of(List<RecordedEvent> history) {
        TableModel table = new TableModel(history.getFirst().account());
        history.forEach(event -> table.apply(List.of(event)));
        return table.rows();
    }

    public ViewChange apply(List<RecordedEvent> events) {
        ViewChange change = CartView.apply(head, events);
        change.deletes().forEach(rows::remove);
        change.puts().forEach(this::put);
        change.orders().forEach(this::put);
        change.purchased().forEach(this::put);
        head = change.after();
        if (head.exists()) {
            put(head);
        }
        return change;
    }

    private void put(Item item) {
        rows.put(item.key(), layout.row(item));
    }

    public Map<Key, Row> rows() {
        return rows;
    }
}
