package io.cartlog.projection.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.projection.Histories;
import io.cartlog.projection.view.ViewItem.Purchase;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ItemStatus;
import io.cartlog.schemas.value.Limits;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.SaleKind;
import io.cartlog.schemas.value.Sku;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableLayoutTest {
    private static final TableLayout LAYOUT = new TableLayout(4);

    @Test // S0-11, S0-12, S0-15
    void an_active_line_has_exactly_these_attributes() {
        Histories history = new Histories("17850").add("P-1001", 2, "199.90", "TV");

        Row row = row(history, new Key("17850", "17850#ACTIVE#P-1001"));

        assertThat(row.canonical())
                .isEqualTo(
                        "AccountId=S:17850|CreateTimestamp=S:2026-01-02T03:04:05.678Z|"
                                + "GSI1PK=S:17850#ACTIVE|GSI1SK=S:2026-01-02T03:04:05.678000001Z|"
                                + "GSI2PK=S:P-1001#ACTIVE#1|"
                                + "GSI2SK=S:2026-01-02T03:04:05.678000001Z#17850|"
                                + "ItemSKU=M:Category=S:TV|Price=N:199.9|ProductId=S:P-1001|"
                                + "Quantity=N:2||PK=S:17850|SK=S:17850#ACTIVE#P-1001|"
                                + "Status=S:ACTIVE|Version=N:1|");
    }

    @Test
    void a_purchased_line_has_its_order_beside() {
        Histories history = new Histories("17850").purchase("536365", "85123A", -6, "2.55");

        Row row = row(history, new Key("17850", "17850#PURCHASED#O-536365#P-85123A"));

        assertThat(row.text("OrderId")).isEqualTo("536365");
        assertThat(row.number("LineNo")).hasToString("1");
        assertThat(row.text("Description")).isEqualTo("WHITE HANGING HEART");
        assertThat(row.text("Country")).isEqualTo("United Kingdom");
        assertThat(row.text("Kind")).isEqualTo("SALE");
        assertThat(row.group("ItemSKU").text("ProductId")).isEqualTo("85123A");
    }

    @Test // S0-02
    void what_is_no_line_has_no_status_no_order_id_and_a_partition_of_its_own() {
        Map<Key, Row> rows =
                TableModel.of(
                        new Histories("17850").add("P-1", 1, "5", null).checkOut("O-1").events());

        assertThat(rows)
                .containsOnlyKeys(
                        new Key("17850", "17850#PURCHASED#O-1#P-1"),
                        new Key("HEAD#17850", "HEAD"),
                        new Key("ORDER#O-1", "17850"));
        for (Key key : new Key[] {new Key("HEAD#17850", "HEAD"), new Key("ORDER#O-1", "17850")}) {
            assertThat(rows.getOrDefault(key, new Row(Map.of())).attributes())
                    .doesNotContainKeys("Status", "OrderId", "AccountId");
        }
    }

    @Test
    void every_row_is_read_back_as_it_was() {
        Map<Key, Row> rows = TableModel.of(Histories.random("17850", 42, 300));

        assertThat(rows).hasSizeGreaterThan(50);
        rows.forEach((key, row) -> assertThat(LAYOUT.row(read(key, row))).isEqualTo(row));
    }

    private static Item read(Key key, Row row) {
        if (key.pk().startsWith("HEAD#")) {
            return TableLayout.head(row);
        }
        return key.pk().startsWith("ORDER#") ? TableLayout.order(row) : TableLayout.item(row);
    }

    @Test // S0-01
    void no_item_is_larger_than_a_kilobyte() {
        String text = "0123456789";
        ItemLine line =
                new ItemLine(
                        new AccountId(text.repeat(4)),
                        ItemStatus.PURCHASED,
                        new Sku(text.repeat(4)),
                        Integer.MIN_VALUE,
                        Money.of("-99999999999999.9999"),
                        text.repeat(Limits.CATEGORY / 10),
                        Instant.parse("2026-01-02T03:04:05.678Z"),
                        999_999);
        Purchase purchase =
                new Purchase(
                        new OrderId(text.repeat(4)),
                        2_000_000_000,
                        2_000_000_000,
                        text.repeat(Limits.DESCRIPTION / 10),
                        text.repeat(Limits.COUNTRY / 10),
                        SaleKind.ADJUSTMENT);

        Row row = new TableLayout(100).row(new ViewItem(line, Long.MAX_VALUE, purchase));

        assertThat(row.text("OrderId")).hasSize(40);
        assertThat(size(row.attributes())).isBetween(800, 1024);
    }

    /// As DynamoDB counts: names and texts in bytes, a number in half its digits and 2, a map 3 and
    /// 1 a member.
    private static int size(Map<String, Attribute> attributes) {
        return attributes.entrySet().stream()
                .mapToInt(e -> bytes(e.getKey()) + size(e.getValue()))
                .sum();
    }

    private static int size(Attribute attribute) {
        return switch (attribute) {
            case Attribute.Text text -> bytes(text.value());
            case Attribute.Decimal number -> number.toString().length() / 2 + 2;
            case Attribute.Group group -> 3 + group.members().size() + size(group.members());
        };
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Test // S0-10
    void a_products_lines_are_spread_over_its_shards() {
        Map<String, Integer> accounts = new HashMap<>();
        for (int i = 10_000; i < 14_000; i++) {
            Histories history = new Histories("" + i).add("P-1", 1, "5", null);
            Row row = row(history, new Key("" + i, i + "#ACTIVE#P-1"));
            accounts.merge(row.text("GSI2PK"), 1, Integer::sum);
        }

        assertThat(accounts).hasSize(4);
        assertThat(accounts.values()).allSatisfy(n -> assertThat(n).isBetween(900, 1_100));
    }

    @Test
    void there_are_1_to_100_shards() {
        assertThatThrownBy(() -> new TableLayout(0)).hasMessageContaining("1 to 100");
        assertThatThrownBy(() -> new TableLayout(101)).hasMessageContaining("1 to 100");
    }

    private static Row row(Histories history, Key key) {
        Row row = TableModel.of(history.events()).get(key);
        if (row == null) {
            throw new AssertionError("no row " + key);
        }
        return row;
    }
}
