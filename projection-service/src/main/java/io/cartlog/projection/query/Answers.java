package io.cartlog.projection.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cartlog.projection.view.Holding;
import io.cartlog.projection.view.ItemLine;
import io.cartlog.projection.view.OrderItem;
import io.cartlog.projection.view.TableLayout;
import io.cartlog.projection.view.ViewItem;
import io.cartlog.projection.view.ViewItem.Purchase;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.Sku;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The answers as JSON has them: money as text, times in ISO-8601 UTC, unknown values left out.
final class Answers {
    private Answers() {}

    /// @param nextCursor asks for what follows; null if nothing does
    /// @param consumed read capacity units, if they were asked for
    record Page<T>(
            List<T> items,
            @JsonInclude @Nullable String nextCursor,
            @Nullable Map<String, Double> consumed) {}

    record Item(
            String accountId,
            String productId,
            String status,
            @Nullable Integer quantity,
            @Nullable String price,
            @Nullable String category,
            @Nullable String amount,
            String createTimestamp,
            @Nullable String orderId,
            @Nullable Integer lineNo,
            @Nullable String description,
            @Nullable String country,
            @Nullable String kind) {

        static Item of(ViewItem item) {
            return of(item.line(), item.purchase());
        }

        static Item of(ItemLine line) {
            return of(line, null);
        }

        static Item of(Holding holding) {
            return of(holding.line(), holding.orderId(), null);
        }

        private static Item of(ItemLine line, @Nullable Purchase purchase) {
            return of(line, purchase == null ? null : purchase.orderId(), purchase);
        }

        private static Item of(
                ItemLine line, @Nullable OrderId orderId, @Nullable Purchase purchase) {
            return new Item(
                    line.account().value(),
                    line.sku().value(),
                    line.status().name(),
                    line.quantity(),
                    text(line.unitPrice()),
                    line.category(),
                    text(line.amount()),
                    TableLayout.timestamp(line.since()),
                    text(orderId),
                    purchase == null ? null : purchase.lineNo(),
                    purchase == null ? null : purchase.description(),
                    purchase == null ? null : purchase.country(),
                    purchase == null ? null : purchase.kind().name());
        }
    }

    record CartLine(
            String productId,
            @Nullable Integer quantity,
            @Nullable String price,
            @Nullable String category,
            String addedAt,
            @Nullable String amount) {
        static CartLine of(ItemLine line) {
            return new CartLine(
                    line.sku().value(),
                    line.quantity(),
                    text(line.unitPrice()),
                    line.category(),
                    TableLayout.timestamp(line.since()),
                    text(line.amount()));
        }
    }

    /// @param lines newest added first
    /// @param itemCount sum of the quantities
    /// @param total of the lines whose price is known
    /// @param unpriced products whose price is not known
    record Cart(
            String account,
            long version,
            List<CartLine> lines,
            int itemCount,
            String total,
            List<String> categories,
            List<String> unpriced,
            @Nullable Map<String, Double> consumed) {

        static Cart of(
                String account,
                long version,
                List<ItemLine> lines,
                @Nullable Map<String, Double> consumed) {
            return new Cart(
                    account,
                    version,
                    lines.stream().map(CartLine::of).toList(),
                    lines.stream().mapToInt(l -> Objects.requireNonNullElse(l.quantity(), 0)).sum(),
                    sum(lines).toString(),
                    lines.stream()
                            .map(ItemLine::category)
                            .filter(Objects::nonNull)
                            .distinct()
                            .sorted()
                            .toList(),
                    lines.stream()
                            .filter(line -> line.amount() == null)
                            .map(ItemLine::sku)
                            .map(Sku::value)
                            .toList(),
                    consumed);
        }
    }

    /// @param count of lines
    /// @param total net
    record Order(
            String orderId,
            String accountId,
            int count,
            String total,
            String createTimestamp,
            @Nullable String country,
            String kind) {
        static Order of(OrderItem order) {
            return new Order(
                    order.orderId().value(),
                    order.account().value(),
                    order.lines(),
                    order.amount().toString(),
                    TableLayout.timestamp(order.since()),
                    order.country(),
                    order.kind().name());
        }
    }

    /// @param accounts whose lines these are
    /// @param lines account by account in the order's own order
    record OrderLines(
            String orderId,
            List<String> accounts,
            int count,
            String total,
            String createTimestamp,
            List<Item> lines,
            @Nullable Map<String, Double> consumed) {

        /// @param lines at least one
        static OrderLines of(List<ViewItem> lines, @Nullable Map<String, Double> consumed) {
            Purchase first = Objects.requireNonNull(lines.getFirst().purchase());
            List<ItemLine> all = lines.stream().map(ViewItem::line).toList();
            return new OrderLines(
                    first.orderId().value(),
                    all.stream().map(l -> l.account().value()).distinct().toList(),
                    lines.size(),
                    sum(all).toString(),
                    TableLayout.timestamp(
                            all.stream()
                                    .map(ItemLine::since)
                                    .min(Comparator.naturalOrder())
                                    .orElse(Instant.EPOCH)),
                    lines.stream().map(Item::of).toList(),
                    consumed);
        }
    }

    private static Money sum(List<ItemLine> lines) {
        return lines.stream()
                .map(ItemLine::amount)
                .filter(Objects::nonNull)
                .reduce(Money.ZERO, Money::plus);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
