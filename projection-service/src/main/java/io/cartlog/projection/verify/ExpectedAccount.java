package io.cartlog.projection.verify;

import io.cartlog.projection.view.CartView;
import io.cartlog.projection.view.Head;
import io.cartlog.projection.view.Item;
import io.cartlog.projection.view.Key;
import io.cartlog.projection.view.Skips;
import io.cartlog.projection.view.TableLayout;
import io.cartlog.projection.view.ViewChange;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.value.AccountId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What an account's history makes of its items, one event at a time, as a digest: lines of orders
/// are added up and forgotten, only what can change is kept, by key.
final class ExpectedAccount {
    private final TableLayout layout;
    private final Skips skips;
    private final Map<Key, Long> changing = new HashMap<>();
    private Head head;
    private long digest;
    private long items;

    /// @param skips after which versions others may be missing
    ExpectedAccount(AccountId account, TableLayout layout, Skips skips) {
        this.head = Head.none(account);
        this.layout = layout;
        this.skips = skips;
    }

    /// @throws io.cartlog.projection.view.VersionGapException if the log lacks an event; then
    ///   nothing is changed
    void add(RecordedEvent event) {
        ViewChange change = CartView.apply(head, List.of(event), skips);
        change.puts().forEach(this::put);
        change.orders().forEach(this::put);
        change.deletes().forEach(this::delete);
        change.purchased().forEach(item -> count(1, digest(item)));
        head = change.after();
    }

    private void put(Item item) {
        delete(item.key());
        long digest = digest(item);
        changing.put(item.key(), digest);
        count(1, digest);
    }

    private void delete(Key key) {
        Long previous = changing.remove(key);
        if (previous != null) {
            count(-1, -previous);
        }
    }

    private void count(int more, long change) {
        items += more;
        digest += change;
    }

    private long digest(Item item) {
        return Digests.of(layout.row(item).canonical());
    }

    /// Of all its items and its head.
    long digest() {
        return digest + digest(head);
    }

    /// The head counted.
    long items() {
        return items + 1;
    }
}
