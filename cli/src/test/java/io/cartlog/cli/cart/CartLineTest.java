package io.cartlog.cli.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.cli.cart.CartRow.Status;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CartLineTest {
    private static final String HEADER = "AccountID,CreateTimestamp,ItemSKU,Status,OrderId";
    private static final String ITEM =
            "\"{\"\"ProductId\"\":\"\"P-1001\"\",\"\"Quantity\"\":2,\"\"Price\"\":199.90,"
                    + "\"\"Category\"\":\"\"TV\"\"}\"";

    // S0-14, S0-15
    @Test
    void an_active_item_keeps_the_digits_of_its_price() {
        assertThat(row(HEADER, "10000001,2020-10-04T21:44:25Z," + ITEM + ",ACTIVE,"))
                .isEqualTo(
                        new CartRow(
                                "10000001",
                                Status.ACTIVE,
                                null,
                                Instant.parse("2020-10-04T21:44:25Z"),
                                "P-1001",
                                2,
                                "199.90",
                                "TV"));
    }

    @Test
    void columns_may_stand_in_any_order_and_others_beside_them() {
        CartRow row =
                row(
                        "\ufeffOrderId,Status,Colour,ItemSKU,CreateTimestamp,AccountID",
                        "O-1,PURCHASED,red," + ITEM + ",2020-10-04 21:44:25,10000001");

        assertThat(row.order()).isEqualTo("O-1");
        assertThat(row.time()).isEqualTo("2020-10-04T21:44:25Z");
    }

    // S0-11, S0-12
    @Test
    void the_tables_own_keys_say_the_same() {
        String keys = "PK,SK,GSI1PK,GSI1SK,ItemSKU";
        String time = "2020-10-04T21:44:25Z";

        assertThat(row(keys, "1,1#PURCHASED#O-1#P-1001,x," + time + "," + ITEM))
                .isEqualTo(row(HEADER, "1," + time + "," + ITEM + ",PURCHASED,O-1"));
        assertThat(row(keys, "1,1#ACTIVE#P-1001,x," + time + "," + ITEM))
                .isEqualTo(row(HEADER, "1," + time + "," + ITEM + ",ACTIVE,"));
    }

    // S0-24
    @Test
    void a_saved_item_needs_neither_quantity_nor_price() {
        CartRow row =
                row(HEADER, "1,2020-10-04T21:44:25Z,\"{\"\"ProductId\"\":\"\"P-1\"\"}\",SAVED,");

        assertThat(row.quantity()).isNull();
        assertThat(row.price()).isNull();
    }

    // S0-32
    @Test
    void equal_rows_have_one_key_and_others_another() {
        String active = "1,2020-10-04T21:44:25Z," + ITEM + ",ACTIVE,";

        assertThat(row(HEADER, active).key()).isEqualTo(row(HEADER, active).key());
        assertThat(row(HEADER, active.replace("25Z", "26Z")).key())
                .isNotEqualTo(row(HEADER, active).key());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1,2020-10-04T21:44:25Z,{},ACTIVE, | ItemSKU.ProductId is missing",
                "1,2020-10-04T21:44:25Z,oops,ACTIVE, | ItemSKU is no JSON",
                "1,2020-10-04T21:44:25Z,7,ACTIVE, | ItemSKU is no object",
                "1,2020-10-04T21:44:25Z,ITEM,LOST, | Status must be ACTIVE, SAVED or PURCHASED",
                "1,2020-10-04T21:44:25Z,ITEM,ACTIVE,O-1 | OrderId must be empty",
                "1,2020-10-04T21:44:25Z,ITEM,PURCHASED, | OrderId is missing",
                "1,yesterday,ITEM,ACTIVE, | CreateTimestamp is no time",
                ",2020-10-04T21:44:25Z,ITEM,ACTIVE, | AccountID is missing",
                "1,2020-10-04T21:44:25Z,ITEM,ACTIVE | 4 columns instead of 5",
                "1,2020-10-04T21:44:25Z,\"{,ACTIVE, | not CSV"
            })
    void a_broken_row_says_why(String line, String reason) {
        assertThat(CartLine.parse(CartColumns.of(HEADER), line.replace("ITEM", ITEM)))
                .isInstanceOfSatisfying(
                        CartLine.Broken.class,
                        broken -> assertThat(broken.reason()).contains(reason));
    }

    @Test
    void a_file_with_other_columns_is_none() {
        assertThat(CartColumns.isHeader("AccountID,Status")).isFalse();
        assertThatThrownBy(() -> CartColumns.of("AccountID,Status"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("AccountID,CreateTimestamp,ItemSKU,Status (and OrderId)");
    }

    private static CartRow row(String header, String line) {
        CartLine parsed = CartLine.parse(CartColumns.of(header), line);
        assertThat(parsed).isInstanceOf(CartLine.Row.class);
        return ((CartLine.Row) parsed).row();
    }
}
