package io.cartlog.commands.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.SaleKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class RetailRowTest {
    private static final String ROW =
            """
            {"InvoiceNo":"536365","StockCode":"85123A","Description":"WHITE HANGING HEART",
            "Quantity":6,"InvoiceDate":"12/1/2010 8:26","UnitPrice":2.55,"CustomerID":17850.0,
            "Country":"United Kingdom"}\
            """;

    @Test
    void a_row_of_the_original_data_is_a_purchase() { // S1-01
        RetailRow row = read(ROW);
        assertThat(row.account().value()).isEqualTo("17850");
        assertThat(row.occurredAt()).isEqualTo(Instant.parse("2010-12-01T08:26:00Z"));
        assertThat(row.purchase().orderId().value()).isEqualTo("536365");
        assertThat(row.purchase().sku().value()).isEqualTo("85123A");
        assertThat(row.purchase().unitPrice()).isEqualTo(Money.of("2.55"));
        assertThat(row.purchase().quantity()).isEqualTo(6);
        assertThat(row.purchase().kind()).isEqualTo(SaleKind.SALE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"17850", "\"17850\"", "17850.0", "\"17850.0\"", "\"17850.00\""})
    void every_spelling_of_a_customer_is_one_account(String customer) { // S1-17
        assertThat(read(with("CustomerID", customer)).account().value()).isEqualTo("17850");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\"  \""})
    void a_row_without_a_customer_belongs_to_a_guest_of_its_invoice(String customer) { // S1-17
        assertThat(read(with("CustomerID", customer)).account().value()).isEqualTo("guest-536365");
        assertThat(read(with("CustomerID", null)).account().isGuest()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "536365,6,SALE",
        "C536379,-1,RETURN",
        "A563185,1,ADJUSTMENT",
        "536589,-10,ADJUSTMENT",
        "C536379,1,RETURN"
    })
    void invoice_and_quantity_tell_what_a_line_is(String invoice, int quantity, SaleKind kind) {
        ObjectNode row = with("InvoiceNo", "\"" + invoice + "\"");
        row.put("Quantity", quantity);
        assertThat(read(row).purchase().kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "12/1/2010 8:26,2010-12-01T08:26:00Z",
        "1/9/2011 18:05,2011-01-09T18:05:00Z",
        "2010-12-01T08:26:00Z,2010-12-01T08:26:00Z",
        "2010-12-01T08:26:00.123456+01:00,2010-12-01T07:26:00.123Z",
        "2010-12-01 08:26:00,2010-12-01T08:26:00Z"
    })
    void times_are_utc_unless_they_say_otherwise(String text, Instant time) {
        assertThat(read(with("InvoiceDate", "\"" + text + "\"")).occurredAt()).isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "InvoiceNo|null|/InvoiceNo",
                "InvoiceNo|true|/InvoiceNo",
                "InvoiceNo|\"\"|/InvoiceNo",
                "InvoiceNo|536365.5|/InvoiceNo",
                "StockCode|\"a#b\"|/StockCode",
                "Quantity|0|/Quantity",
                "Quantity|1.5|/Quantity",
                "Quantity|\"six\"|/Quantity",
                "Quantity|3000000000|/Quantity",
                "UnitPrice|\"1,5\"|/UnitPrice",
                "UnitPrice|0.00001|/UnitPrice",
                "UnitPrice|1e99|/UnitPrice",
                "UnitPrice|1000001|/UnitPrice",
                "UnitPrice|[]|/UnitPrice",
                "Quantity|1000000000|/Quantity",
                "InvoiceDate|\"13/1/2010 8:26\"|/InvoiceDate",
                "InvoiceDate|\"2/30/2011 8:26\"|/InvoiceDate",
                "InvoiceDate|\"1/1/99999 8:26\"|/InvoiceDate",
                "InvoiceDate|1291191960|/InvoiceDate",
                "CustomerID|\"a b\"|/CustomerID",
                "CustomerID|17850.5e-9|/CustomerID",
                "CustomerID|{}|/CustomerID",
                "CustomerID|1e999999999|/CustomerID",
                "Description|7|/Description",
                "Country|\"\\u0000\"|/Country",
                "Colour|\"red\"|/Colour"
            })
    void a_wrong_field_is_named_by_its_pointer(String field, String value, String pointer) {
        assertThatThrownBy(() -> read(with(field, value)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> {
                            assertThat(e.problem().status()).isEqualTo(422);
                            assertThat(e.problem().numbers().toString())
                                    .contains("pointer=" + pointer + ",");
                        });
    }

    private static ObjectNode with(String field, @Nullable String json) {
        ObjectNode row = (ObjectNode) JsonFields.MAPPER.readTree(ROW);
        if (json == null) {
            row.remove(field);
        } else {
            row.set(field, JsonFields.MAPPER.readTree(json));
        }
        return row;
    }

    private static RetailRow read(Object json) {
        byte[] bytes = Objects.toString(json).getBytes(StandardCharsets.UTF_8);
        return RetailRow.read(JsonFields.parse(bytes, 0, bytes.length));
    }
}
