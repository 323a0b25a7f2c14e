package io.cartlog.projection.view;

import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ItemStatus;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The cart after some of an account's events, folded one by one by the rules of [CartView].
public final class CartAsOf {
    private final Map<Key, ViewItem> items = new HashMap<>();
    private Head head;

    public CartAsOf(AccountId account) {
        head = Head.none(account);
    }

    /// @throws VersionGapException if an event is missing
    public void add(RecordedEvent event) {
        ViewChange change = CartView.apply(head, List.of(event));
        change.deletes().forEach(items::remove);
        change.puts().stream()
                .filter(item -> item.line().status() == ItemStatus.ACTIVE)
                .forEach(item -> items.put(item.key(), item));
        head = change.after();
    }

    public long version() {
        return head.version();
    }

    /// Newest first.
    public List<ItemLine> lines() {
        return items.values().stream()
                .filter(item -> head.shows(ItemStatus.ACTIVE, item.version()))
                .map(ViewItem::line)
                .sorted(Comparator.comparing(ItemLine::order).reversed())
                .toList();
    }
}
