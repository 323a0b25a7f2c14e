package io.cartlog.projection.view;

import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ItemStatus;
import io.cartlog.schemas.value.Sku;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Why a product's line in the cart is as it is: the events that touched it since it last came into
/// the cart, to the one that took it out again if it is gone.
public final class LineStory {
    private final Key key;
    private final List<Step> steps = new ArrayList<>();
    private Head head;

    /// @param line as the event left it; null if the event took it out
    public record Step(RecordedEvent event, @Nullable ItemLine line) {}

    public LineStory(AccountId account, Sku sku) {
        head = Head.none(account);
        key = Key.line(account, ItemStatus.ACTIVE, sku);
    }

    /// @throws VersionGapException if an event is missing
    public void add(RecordedEvent event) {
        ViewChange change = CartView.apply(head, List.of(event));
        head = change.after();
        Optional<ItemLine> put =
                change.puts().stream()
                        .filter(item -> item.key().equals(key))
                        .map(ViewItem::line)
                        .findFirst();
        if (put.isPresent()) {
            if (line() == null) {
                steps.clear();
            }
            steps.add(new Step(event, put.get()));
        } else if (line() != null && takesOut(change)) {
            steps.add(new Step(event, null));
        }
    }

    private boolean takesOut(ViewChange change) {
        return change.deletes().contains(key)
                || change.after().clearedVersion() == change.after().version();
    }

    public long version() {
        return head.version();
    }

    /// None if the product never was in the cart.
    public List<Step> steps() {
        return List.copyOf(steps);
    }

    /// The line as it is now; null if there is none.
    public @Nullable ItemLine line() {
        return steps.isEmpty() ? null : steps.getLast().line();
    }
}
