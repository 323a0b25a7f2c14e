package io.cartlog.schemas.avro;

import io.cartlog.schemas.value.CartLine;
import io.cartlog.schemas.value.ItemStatus;
import io.cartlog.schemas.value.MergePolicy;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.OrderLine;
import io.cartlog.schemas.value.SavedLine;
import io.cartlog.schemas.value.Sku;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The values inside messages, both ways.
final class Values {
    private Values() {}

    static @Nullable BigDecimal decimal(@Nullable Money money) {
        return money == null ? null : money.stored();
    }

    static @Nullable Money money(@Nullable BigDecimal decimal) {
        return decimal == null ? null : new Money(decimal);
    }

    static List<io.cartlog.wire.CartLine> linesToWire(List<CartLine> lines) {
        return lines.stream().map(Values::toWire).toList();
    }

    static List<CartLine> linesFromWire(List<io.cartlog.wire.CartLine> lines) {
        return lines.stream().map(Values::fromWire).toList();
    }

    static List<io.cartlog.wire.SavedLine> savedToWire(List<SavedLine> lines) {
        return lines.stream().map(Values::toWire).toList();
    }

    static List<SavedLine> savedFromWire(List<io.cartlog.wire.SavedLine> lines) {
        return lines.stream().map(Values::fromWire).toList();
    }

    static io.cartlog.wire.MergePolicy toWire(MergePolicy policy) {
        return io.cartlog.wire.MergePolicy.valueOf(policy.name());
    }

    static MergePolicy fromWire(io.cartlog.wire.MergePolicy policy) {
        return MergePolicy.valueOf(policy.name());
    }

    static io.cartlog.wire.ListStatus toWire(ItemStatus list) {
        return io.cartlog.wire.ListStatus.valueOf(list.name());
    }

    static ItemStatus fromWire(io.cartlog.wire.ListStatus list) {
        return ItemStatus.valueOf(list.name());
    }

    static io.cartlog.wire.CartLine toWire(CartLine line) {
        return new io.cartlog.wire.CartLine(
                line.sku().value(),
                line.quantity(),
                decimal(line.unitPrice()),
                line.category(),
                line.since(),
                line.seq());
    }

    static CartLine fromWire(io.cartlog.wire.CartLine line) {
        return new CartLine(
                new Sku(line.getSku()),
                line.getQuantity(),
                money(line.getUnitPrice()),
                line.getCategory(),
                line.getSince(),
                line.getSeq());
    }

    static io.cartlog.wire.SavedLine toWire(SavedLine line) {
        return new io.cartlog.wire.SavedLine(
                line.sku().value(),
                line.quantity(),
                decimal(line.unitPrice()),
                line.category(),
                line.since(),
                line.seq());
    }

    static SavedLine fromWire(io.cartlog.wire.SavedLine line) {
        return new SavedLine(
                new Sku(line.getSku()),
                line.getQuantity(),
                money(line.getUnitPrice()),
                line.getCategory(),
                line.getSince(),
                line.getSeq());
    }

    static io.cartlog.wire.OrderLine toWire(OrderLine line) {
        return new io.cartlog.wire.OrderLine(
                line.lineNo(),
                line.occurrence(),
                line.sku().value(),
                line.description(),
                line.category(),
                line.quantity(),
                line.unitPrice().stored(),
                line.seq());
    }

    static OrderLine fromWire(io.cartlog.wire.OrderLine line) {
        return new OrderLine(
                line.getLineNo(),
                line.getOccurrence(),
                new Sku(line.getSku()),
                line.getDescription(),
                line.getCategory(),
                line.getQuantity(),
                new Money(line.getUnitPrice()),
                line.getSeq());
    }
}
