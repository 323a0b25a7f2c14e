package io.cartlog.projection.view;

import io.cartlog.projection.view.ViewItem.Purchase;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ItemStatus;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.SaleKind;
import io.cartlog.schemas.value.Sku;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// The items of the table `CustomerPurchases`, attribute by attribute (S0-11, S0-12, S0-15), there
/// and back.
///
/// @param productShards over how many partitions of [#GSI2] a product's items are spread, so that
///   no product is too hot for one; 1 to 100, and the same for the life of a table
public record TableLayout(int productShards) {
    public static final String PK = "PK";
    public static final String SK = "SK";

    /// Index by account and status, newest last: `acct#STATUS`, time.
    public static final String GSI1 = "GSI1";

    public static final String GSI1PK = "GSI1PK";
    public static final String GSI1SK = "GSI1SK";

    /// Index by product and status, newest last: `P-x#STATUS#shard`, time and account.
    public static final String GSI2 = "GSI2";

    public static final String GSI2PK = "GSI2PK";
    public static final String GSI2SK = "GSI2SK";

    public static final String VERSION = "Version";
    public static final String CLEARED_VERSION = "ClearedVersion";
    public static final String SWEEPING = "Sweeping";

    /// What the indexes hold beside keys.
    public static final List<String> GSI1_PROJECTION = List.of("ItemSKU");

    public static final List<String> GSI2_PROJECTION =
            List.of("ItemSKU", "AccountId", "Status", "CreateTimestamp", "OrderId", VERSION);

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    public TableLayout {
        if (productShards < 1 || productShards > 100) {
            throw new IllegalArgumentException("product shards are 1 to 100, not " + productShards);
        }
    }

    /// Less than the order of everything that came to be at that moment or later, and greater than
    /// that of everything before.
    public static String moment(Instant at) {
        return MILLIS.format(at);
    }

    /// `2026-01-02T03:04:05.678Z` (S0-33).
    public static String timestamp(Instant at) {
        return MILLIS.format(at) + "Z";
    }

    /// `2026-01-02T03:04:05.678000007Z`: the digits below the millisecond are the tie.
    public static String sortable(Instant at, int tie) {
        return MILLIS.format(at) + Integer.toString(1_000_000 + tie).substring(1) + "Z";
    }

    /// Partition of [#GSI1] with an account's lines in one status.
    public static String statusPartition(AccountId account, ItemStatus status) {
        return account.value() + "#" + status;
    }

    /// Partition of [#GSI1] with an account's orders.
    public static String ordersPartition(AccountId account) {
        return ordersPartition(account.value());
    }

    public static String ordersPartition(String account) {
        return account + "#ORDER";
    }

    /// Partition of [#GSI2] with a product's lines in one status.
    ///
    /// @param shard from 0, below [#productShards]
    public static String productPartition(Sku sku, ItemStatus status, int shard) {
        return sku.key() + "#" + status + "#" + shard;
    }

    private int shard(AccountId account) {
        CRC32 hash = new CRC32();
        hash.update(account.value().getBytes(StandardCharsets.UTF_8));
        return (int) (hash.getValue() % productShards);
    }

    public Row row(Item item) {
        Attributes attributes = new Attributes().key(item.key());
        return switch (item) {
            case ViewItem line -> row(attributes, line);
            case OrderItem order -> row(attributes, order);
            case Head head -> row(attributes, head);
        };
    }

    private Row row(Attributes attributes, ViewItem item) {
        ItemLine line = item.line();
        String order = line.order();
        attributes
                .text("AccountId", line.account().value())
                .text("Status", line.status().name())
                .text("CreateTimestamp", order.substring(0, 23) + "Z")
                .group("ItemSKU", itemSku(line))
                .text(GSI1PK, statusPartition(line.account(), line.status()))
                .text(GSI1SK, order)
                .text(GSI2PK, productPartition(line.sku(), line.status(), shard(line.account())))
                .text(GSI2SK, order + "#" + line.account())
                .number(VERSION, item.version());
        Purchase purchase = item.purchase();
        return purchase == null ? attributes.row() : row(attributes, purchase);
    }

    private static Attributes itemSku(ItemLine line) {
        return new Attributes()
                .text("ProductId", line.sku().value())
                .number("Quantity", line.quantity())
                .number("Price", line.unitPrice())
                .text("Category", line.category());
    }

    private static Row row(Attributes attributes, Purchase purchase) {
        return attributes
                .text("OrderId", purchase.orderId().value())
                .number("LineNo", purchase.lineNo())
                .text("Description", purchase.description())
                .text("Country", purchase.country())
                .text("Kind", purchase.kind().name())
                .row();
    }

    private static Row row(Attributes attributes, OrderItem order) {
        return attributes
                .text("OrderNumber", order.orderId().value())
                .text("Account", order.account().value())
                .number("Lines", order.lines())
                .number("Amount", order.amount())
                .text("Country", order.country())
                .text("Kind", order.kind().name())
                .text("CreateTimestamp", timestamp(order.since()))
                .text(GSI1PK, ordersPartition(order.account()))
                .text(GSI1SK, order.order())
                .number(VERSION, order.version())
                .row();
    }

    private static Row row(Attributes attributes, Head head) {
        attributes.text("Account", head.account().value()).number(VERSION, head.version());
        if (head.clearedVersion() > 0) {
            attributes.number(CLEARED_VERSION, head.clearedVersion());
        }
        if (head.sweeping()) {
            attributes.text(SWEEPING, "yes");
        }
        return attributes.row();
    }

    /// The line of a whole row.
    public static ViewItem item(Row row) {
        ItemLine line = line(row, GSI1SK);
        return new ViewItem(line, longOf(row, VERSION), purchase(row, line.status()));
    }

    /// The line of a row, or of an entry of an index.
    ///
    /// @param timeAttribute that holds the line's time: [#GSI1SK] or [#GSI2SK]
    public static ItemLine line(Row row, String timeAttribute) {
        Row sku = row.group("ItemSKU");
        String account = row.text(PK);
        String status = row.text(SK).substring(account.length() + 1);
        String time = row.text(timeAttribute);
        Attribute.Decimal quantity = sku.numberOrNull("Quantity");
        return new ItemLine(
                new AccountId(account),
                ItemStatus.valueOf(status.substring(0, status.indexOf('#'))),
                new Sku(sku.text("ProductId")),
                quantity == null ? null : quantity.value().intValueExact(),
                moneyOrNull(sku, "Price"),
                sku.textOrNull("Category"),
                Instant.parse(time.substring(0, 23) + "Z"),
                Integer.parseInt(time, 23, 29, 10));
    }

    private static @Nullable Purchase purchase(Row row, ItemStatus status) {
        return switch (status) {
            case ACTIVE, SAVED -> null;
            case PURCHASED ->
                    new Purchase(
                            new OrderId(row.text("OrderId")),
                            (int) longOf(row, "LineNo"),
                            occurrence(row.text(SK)),
                            row.textOrNull("Description"),
                            row.textOrNull("Country"),
                            SaleKind.valueOf(row.text("Kind")));
        };
    }

    private static int occurrence(String sk) {
        String[] parts = sk.split("#", -1);
        return parts.length == 5 ? Integer.parseInt(parts[4]) : 1;
    }

    /// The line of an entry of [#GSI2].
    public static Holding holding(Row row) {
        String orderId = row.textOrNull("OrderId");
        return new Holding(
                line(row, GSI2SK),
                longOf(row, VERSION),
                orderId == null ? null : new OrderId(orderId));
    }

    public static OrderItem order(Row row) {
        return new OrderItem(
                new AccountId(row.text("Account")),
                new OrderId(row.text("OrderNumber")),
                (int) longOf(row, "Lines"),
                new Money(row.number("Amount").value()),
                row.textOrNull("Country"),
                SaleKind.valueOf(row.text("Kind")),
                Instant.parse(row.text("CreateTimestamp")),
                longOf(row, VERSION));
    }

    public static Head head(Row row) {
        return new Head(
                new AccountId(row.text("Account")),
                longOf(row, VERSION),
                row.numberOrNull(CLEARED_VERSION) == null ? 0 : longOf(row, CLEARED_VERSION),
                row.textOrNull(SWEEPING) != null);
    }

    private static long longOf(Row row, String name) {
        return row.number(name).value().longValueExact();
    }

    private static @Nullable Money moneyOrNull(Row row, String name) {
        Attribute.Decimal number = row.numberOrNull(name);
        return number == null ? null : new Money(number.value());
    }

    /// Attributes in the order in which they were named; what is null is left out.
    private static final class Attributes {
        private final Map<String, Attribute> values = new LinkedHashMap<>();

        Attributes key(Key key) {
            return text(PK, key.pk()).text(SK, key.sk());
        }

        Attributes text(String name, @Nullable String value) {
            return value == null ? this : put(name, Attribute.of(value));
        }

        Attributes number(String name, @Nullable Money value) {
            return value == null ? this : put(name, Attribute.of(value.amount()));
        }

        Attributes number(String name, @Nullable Integer value) {
            return value == null ? this : put(name, Attribute.of(value));
        }

        Attributes number(String name, long value) {
            return put(name, Attribute.of(value));
        }

        Attributes group(String name, Attributes members) {
            return put(name, new Attribute.Group(members.values));
        }

        private Attributes put(String name, Attribute value) {
            values.put(name, value);
            return this;
        }

        Row row() {
            return new Row(values);
        }
    }
}
