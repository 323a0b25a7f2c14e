package io.cartlog.sink.row;

import static io.cartlog.sink.row.PlainAvro.inRange;

import io.cartlog.schemas.avro.ReleasedSchemas;
import io.cartlog.schemas.value.SaleKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// An event's row as it lies in the bytes of its record: found and checked, but not taken out. One
/// object serves for all events, one after the other.
///
/// It says the same as [EventRow] of the same event, or nothing: bytes that are not plain (of a
/// schema that it does not know, with a text or a number that values may not have, cut, too long)
/// are left to the codec, which alone says what is unreadable.
public final class EventBytes implements LakeRow {
    private static final int HEADER = 5;
    private static final byte[][] SALE_KINDS =
            Stream.of(SaleKind.values()).map(k -> utf8(k.name())).toArray(byte[][]::new);
    private static final byte[][] TYPES =
            Stream.of(Kind.ALL).map(k -> utf8(k.type)).toArray(byte[][]::new);
    private static final byte[] SALE = utf8(SaleKind.SALE.name());
    private static final int MERGE_POLICIES = 4;

    private final PlainAvro avro = new PlainAvro();
    private final Slice eventId = new Slice();
    private final Slice accountId = new Slice();
    private final Slice commandId = new Slice();
    private final Slice eventType = new Slice();
    private final Slice orderId = new Slice();
    private final Slice saleKind = new Slice();
    private final Slice country = new Slice();
    private final Slice passedOver = new Slice();
    private final LineBytes line = new LineBytes();
    private final LineBytes lineOfMany = new LineBytes();
    private final List<LineBytes> lines = new ArrayList<>();
    private int partition;
    private long offset;
    private long version;
    private long occurredAt;
    private long recordedAt;
    private long amount;
    private int lineCount;
    private Kind kind = Kind.CART_CLEARED;

    /// Where an event's lines are.
    private enum Shape {
        /// In the columns of the row.
        OF_ONE_LINE,
        /// In the columns of the row, with its place in an order.
        OF_AN_ORDER_LINE,
        /// In the list `lines`.
        OF_A_WHOLE_ORDER,
        /// In other rows.
        OF_NO_LINE
    }

    /// In the order of the schema's union.
    private enum Kind {
        ITEM_ADDED("ItemAdded", Shape.OF_ONE_LINE),
        QUANTITY_SET("QuantitySet", Shape.OF_ONE_LINE),
        ITEM_REMOVED("ItemRemoved", Shape.OF_ONE_LINE),
        ITEM_SAVED_FOR_LATER("ItemSavedForLater", Shape.OF_ONE_LINE),
        ITEM_MOVED_TO_CART("ItemMovedToCart", Shape.OF_ONE_LINE),
        ITEM_SAVED("ItemSaved", Shape.OF_ONE_LINE),
        SAVED_ITEM_REMOVED("SavedItemRemoved", Shape.OF_ONE_LINE),
        CHECKED_OUT("CheckedOut", Shape.OF_A_WHOLE_ORDER),
        PURCHASE_RECORDED("PurchaseRecorded", Shape.OF_AN_ORDER_LINE),
        CART_CLEARED("CartCleared", Shape.OF_NO_LINE),
        CLEAR_UNDONE("ClearUndone", Shape.OF_NO_LINE),
        CART_HANDED_OVER("CartHandedOver", Shape.OF_NO_LINE),
        CART_MERGED("CartMerged", Shape.OF_NO_LINE),
        MERGE_UNDONE("MergeUndone", Shape.OF_NO_LINE),
        CART_RETURNED("CartReturned", Shape.OF_NO_LINE),
        CART_EXPIRED("CartExpired", Shape.OF_NO_LINE);

        private static final Kind[] ALL = values();

        private final String type;
        private final Shape shape;

        Kind(String type, Shape shape) {
            this.type = type;
            this.shape = shape;
        }
    }

    /// Points it at the event that stands at this place in the log.
    ///
    /// @param record as it stands there; not to be changed as long as this points at it
    /// @return false if it is one for the codec; what this says then means nothing
    public boolean read(int kafkaPartition, long kafkaOffset, byte[] record) {
        if (!isOfTheKnownSchema(record)) {
            return false;
        }
        partition = kafkaPartition;
        offset = kafkaOffset;
        avro.open(record, HEADER, record.length);
        try {
            readEvent();
            return avro.isAtTheEnd();
        } catch (OddBytesException _) {
            return false;
        }
    }

    private static boolean isOfTheKnownSchema(byte[] record) {
        return record.length > HEADER
                && record[0] == 0
                && record[1] == 0
                && record[2] == 0
                && record[3] == 0
                && record[4] == ReleasedSchemas.EVENT_V1;
    }

    private void readEvent() {
        avro.uuid(eventId);
        avro.account(accountId);
        version = avro.number();
        avro.commandId(commandId);
        avro.number();
        occurredAt = avro.millis();
        recordedAt = avro.millis();
        int choice = avro.choice(Kind.ALL.length);
        kind = Kind.ALL[choice];
        eventType.set(TYPES[choice]);
        orderId.clear();
        saleKind.clear();
        country.clear();
        readPayload();
    }

    private void readPayload() {
        switch (kind) {
            case ITEM_ADDED, QUANTITY_SET, ITEM_MOVED_TO_CART -> {
                line.cartLine(avro);
                avro.integer();
            }
            case ITEM_REMOVED -> line.cartLine(avro);
            case ITEM_SAVED_FOR_LATER, ITEM_SAVED, SAVED_ITEM_REMOVED -> line.savedLine(avro);
            case CHECKED_OUT -> readOrder();
            case PURCHASE_RECORDED -> readPurchase();
            case CART_CLEARED, CLEAR_UNDONE -> passOverCartLines();
            case CART_HANDED_OVER, CART_RETURNED -> {
                avro.account(passedOver);
                passOverLines();
            }
            case CART_MERGED -> {
                avro.account(passedOver);
                avro.choice(MERGE_POLICIES);
                passOverLines();
            }
            case MERGE_UNDONE -> {
                avro.account(passedOver);
                passOverLines();
                passOverLines();
            }
            case CART_EXPIRED -> passOverLines();
        }
    }

    private void readOrder() {
        avro.key(orderId);
        saleKind.set(SALE);
        amount = 0;
        lineCount = 0;
        for (long block = avro.block(); block > 0; block = avro.block()) {
            for (long i = 0; i < block; i++) {
                LineBytes next = nextLine();
                next.orderLine(avro);
                amount = inRange(amount + next.amount());
            }
        }
        avro.money();
    }

    private LineBytes nextLine() {
        if (lineCount == lines.size()) {
            lines.add(new LineBytes());
        }
        return lines.get(lineCount++);
    }

    private void readPurchase() {
        avro.key(orderId);
        line.orderLine(avro);
        amount = line.amount();
        saleKind.set(SALE_KINDS[avro.choice(SALE_KINDS.length)]);
        avro.optionalText(country);
        avro.number();
        avro.integer();
        avro.money();
    }

    private void passOverLines() {
        passOverCartLines();
        passOverSavedLines();
    }

    private void passOverCartLines() {
        for (long block = avro.block(); block > 0; block = avro.block()) {
            for (long i = 0; i < block; i++) {
                lineOfMany.cartLine(avro);
            }
        }
    }

    private void passOverSavedLines() {
        for (long block = avro.block(); block > 0; block = avro.block()) {
            for (long i = 0; i < block; i++) {
                lineOfMany.savedLine(avro);
            }
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int kafkaPartition() {
        return partition;
    }

    @Override
    public long kafkaOffset() {
        return offset;
    }

    @Override
    public long recordedMillis() {
        return recordedAt;
    }

    /// Business time, in milliseconds since the epoch.
    public long occurredMillis() {
        return occurredAt;
    }

    public long version() {
        return version;
    }

    public Slice eventId() {
        return eventId;
    }

    public Slice accountId() {
        return accountId;
    }

    public Slice commandId() {
        return commandId;
    }

    public Slice eventType() {
        return eventType;
    }

    /// Absent if the event is no order, as are kind, country and amount.
    public Slice orderId() {
        return orderId;
    }

    public Slice saleKind() {
        return saleKind;
    }

    public Slice country() {
        return country;
    }

    public boolean hasAmount() {
        return isOrderLine() || isWholeOrder();
    }

    /// Without its point.
    public long amount() {
        return amount;
    }

    /// Whether [#line] is the event's own.
    public boolean hasLine() {
        return kind.shape == Shape.OF_ONE_LINE || isOrderLine();
    }

    /// Whether [#line] has its place in an order.
    public boolean isOrderLine() {
        return kind.shape == Shape.OF_AN_ORDER_LINE;
    }

    public LineBytes line() {
        return line;
    }

    /// Whether the event has a list of lines, which may be empty.
    public boolean isWholeOrder() {
        return kind.shape == Shape.OF_A_WHOLE_ORDER;
    }

    /// Of a whole order.
    public int lineCount() {
        return lineCount;
    }

    /// Of a whole order.
    ///
    /// @param index from 0
    public LineBytes line(int index) {
        return lines.get(index);
    }
}
