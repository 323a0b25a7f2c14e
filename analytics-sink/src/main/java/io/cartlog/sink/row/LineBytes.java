package io.cartlog.sink.row;

import static io.cartlog.sink.row.PlainAvro.times;

/// A line of an event, as it lies in the event's bytes. It can be pointed at another one.
public final class LineBytes {
    private final Slice sku = new Slice();
    private final Slice description = new Slice();
    private final Slice category = new Slice();
    private int lineNo;
    private int occurrence;
    private int quantity;
    private boolean hasQuantity;
    private long unitPrice;
    private boolean hasUnitPrice;

    void cartLine(PlainAvro avro) {
        avro.key(sku);
        quantity = avro.integer();
        hasQuantity = true;
        readOptionalPrice(avro);
        readRestOfCartLine(avro);
    }

    void savedLine(PlainAvro avro) {
        avro.key(sku);
        hasQuantity = avro.isThere();
        quantity = hasQuantity ? avro.integer() : 0;
        readOptionalPrice(avro);
        readRestOfCartLine(avro);
    }

    void orderLine(PlainAvro avro) {
        lineNo = avro.integer();
        occurrence = avro.integer();
        avro.key(sku);
        avro.optionalText(description);
        avro.optionalText(category);
        quantity = avro.integer();
        hasQuantity = true;
        unitPrice = avro.money();
        hasUnitPrice = true;
        avro.number();
    }

    private void readOptionalPrice(PlainAvro avro) {
        hasUnitPrice = avro.isThere();
        unitPrice = hasUnitPrice ? avro.money() : 0;
    }

    private void readRestOfCartLine(PlainAvro avro) {
        avro.optionalText(category);
        avro.number();
        avro.number();
    }

    /// Of an order's line, without its point.
    long amount() {
        return times(unitPrice, quantity);
    }

    public int lineNo() {
        return lineNo;
    }

    public int occurrence() {
        return occurrence;
    }

    public Slice sku() {
        return sku;
    }

    /// Of an order's line.
    public Slice description() {
        return description;
    }

    public Slice category() {
        return category;
    }

    public boolean hasQuantity() {
        return hasQuantity;
    }

    public int quantity() {
        return quantity;
    }

    public boolean hasUnitPrice() {
        return hasUnitPrice;
    }

    /// Without its point.
    public long unitPrice() {
        return unitPrice;
    }
}
