package io.cartlog.cli.retail;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.schemas.value.SaleKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetailRowTest {
    private static final RetailRow SALE = row("536365", "85123A", "6", "17850");

    // S1-17
    @Test
    void a_decimal_customer_is_the_plain_account() {
        assertThat(row("536365", "85123A", "6", "17850.0").account()).isEqualTo("17850");
        assertThat(SALE.account()).isEqualTo("17850");
    }

    @Test
    void nobody_is_the_guest_of_the_invoice() {
        RetailRow row = row("536414", "22139", "56", "");

        assertThat(row.isGuest()).isTrue();
        assertThat(row.account()).isEqualTo("guest-536414");
    }

    @Test
    void c_is_a_return_a_and_other_negatives_are_adjustments() {
        assertThat(SALE.kind()).isEqualTo(SaleKind.SALE);
        assertThat(row("C536379", "D", "-1", "14527").kind()).isEqualTo(SaleKind.RETURN);
        assertThat(row("A563185", "B", "1", "").kind()).isEqualTo(SaleKind.ADJUSTMENT);
        assertThat(row("536589", "21777", "-10", "").kind()).isEqualTo(SaleKind.ADJUSTMENT);
    }

    @Test
    void both_of_two_identical_rows_have_a_key_of_their_own() {
        RowKeys keys = new RowKeys();

        String first = keys.next(SALE).value();
        String second = keys.next(SALE).value();

        assertThat(first).matches("retail-[0-9a-f]{32}-1");
        assertThat(second).isEqualTo(first.substring(0, first.length() - 1) + "2");
        assertThat(keys.repeats()).isEqualTo(1);
    }

    @Test
    void the_file_again_and_a_part_of_it_have_the_same_keys() {
        List<RetailRow> file = List.of(SALE, row("536365", "71053", "6", "17850"), SALE);
        List<RetailRow> part = List.of(row("536365", "71053", "6", "17850.0"), SALE);

        assertThat(keys(file)).doesNotHaveDuplicates().containsExactlyElementsOf(keys(file));
        assertThat(keys(file)).containsAll(keys(part));
    }

    @Test
    void a_row_that_differs_in_one_column_has_another_key() {
        assertThat(keys(List.of(SALE, row("536365", "85123", "A6", "17850"))))
                .doesNotHaveDuplicates();
        assertThat(keys(List.of(SALE)).getFirst())
                .isNotEqualTo(keys(List.of(row("536365", "85123", "A6", "17850"))).getFirst());
    }

    @Test
    void rules_are_counted() {
        RuleCounts counts = new RuleCounts();
        counts.count(SALE);
        counts.count(SALE);
        counts.count(row("536414", "22139", "56", ""));
        counts.count(row("536414", "22140", "56", ""));
        counts.count(row("C536379", "D", "-1", "14527.0"));
        counts.count(row("A563185", "B", "1", ""));

        assertThat(counts.rules(1)).isEqualTo(new RuleCounts.Rules(1, 3, 2, 1, 1, 1, 1));
    }

    private static List<String> keys(List<RetailRow> rows) {
        RowKeys keys = new RowKeys();
        return rows.stream().map(row -> keys.next(row).value()).toList();
    }

    private static RetailRow row(String invoice, String stock, String quantity, String customer) {
        return new RetailRow(
                invoice,
                stock,
                "WHITE HANGING HEART T-LIGHT HOLDER",
                quantity,
                "12/1/2010 8:26",
                "2.55",
                customer,
                "United Kingdom");
    }
}
