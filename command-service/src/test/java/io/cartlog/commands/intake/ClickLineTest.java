package io.cartlog.commands.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.schemas.click.Click;
import io.cartlog.schemas.click.ClickAction;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ClickId;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.Sku;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClickLineTest {
    private static final String BARE =
            "{\"clickId\":\"c-1\",\"account\":\"541312140\",\"action\":\"view\","
                    + "\"occurredAt\":\"2019-10-01T00:00:00Z\",\"productId\":\"44600062\"}";

    // S2-01
    @Test
    void a_line_is_a_click_with_all_that_the_site_knows() {
        String line =
                """
                {"clickId":"c-1","account":"541312140","session":"72d76fde-8bb3-4e00-8c23-a032dfed738c",
                "action":"remove_from_cart","occurredAt":"2019-10-01T02:00:00+02:00",
                "productId":"44600062","categoryId":"2103807459595387724","category":"beauty.care",
                "brand":"shiseido","price":"35.79","commandId":"click-c-1"}
                """;

        assertThat(read(line))
                .isEqualTo(
                        new Click(
                                new ClickId("c-1"),
                                new AccountId("541312140"),
                                "72d76fde-8bb3-4e00-8c23-a032dfed738c",
                                ClickAction.REMOVE_FROM_CART,
                                Instant.parse("2019-10-01T00:00:00Z"),
                                new Sku("44600062"),
                                "2103807459595387724",
                                "beauty.care",
                                "shiseido",
                                Money.of("35.79"),
                                new CommandId("click-c-1")));
    }

    @Test
    void what_the_site_does_not_know_is_left_out_null_or_blank() {
        Click bare = read(BARE);
        String blank =
                with(with(with(BARE, "brand", "\"\""), "category", "\" \""), "price", "null");

        assertThat(bare.brand()).isNull();
        assertThat(read(blank)).isEqualTo(bare);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "clickId|\"\"",
                "clickId|\"0123456789012345678901234567890123456\"",
                "account|\"-\"",
                "account|541312140",
                "action|\"search\"",
                "action|\"VIEW\"",
                "occurredAt|\"2019-10-01 00:00:00 UTC\"",
                "occurredAt|null",
                "productId|\"a#b\"",
                "session|\"a b\"",
                "categoryId|2103807459595387724",
                "categoryId|\"-1\"",
                "brand|7",
                "price|\"-1\"",
                "price|\"1e3\"",
                "commandId|\"a b\"",
                "event_type|\"view\""
            })
    void a_field_that_is_not_as_it_must_be_is_named(String field, String value) {
        assertThatThrownBy(() -> read(with(BARE, field, value)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().numbers().toString())
                                        .contains("pointer=/" + field));
    }

    private static String with(String line, String field, String value) {
        String member = "\"" + field + "\":" + value;
        String without = line.replaceFirst("\"" + field + "\":\"[^\"]*\",?", "");
        return without.replaceFirst("\\{", "{" + member + ",").replace(",}", "}");
    }

    private static Click read(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return ClickLine.read(bytes, 0, bytes.length);
    }
}
