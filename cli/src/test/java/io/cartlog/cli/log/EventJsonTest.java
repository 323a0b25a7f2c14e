package io.cartlog.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.schemas.event.CartEvent;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CartLine;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.OrderLine;
import io.cartlog.schemas.value.SaleKind;
import io.cartlog.schemas.value.Sku;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventJsonTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    @Test
    void an_event_is_flat_with_ids_and_money_as_text_and_unknown_values_left_out() {
        CartLine line = new CartLine(new Sku("P-1"), 2, Money.of("199.99"), null, NOW, 7);

        assertThat(EventJson.line(at(new CartEvent.ItemAdded(line, 1))))
                .isEqualTo(
                        """
                        {"partition":3,"offset":41,"eventId":"01900000-0000-7000-8000-000000000001",\
                        "account":"17850","version":42,"type":"ItemAdded","commandId":"key-1",\
                        "occurredAt":"2026-01-02T03:04:05.678Z","recordedAt":"2026-01-02T03:04:05.678Z",\
                        "line":{"sku":"P-1","quantity":2,"unitPrice":"199.99",\
                        "since":"2026-01-02T03:04:05.678Z","seq":7},"added":1}\
                        """);
    }

    @Test
    void what_cannot_be_read_says_so_at_its_place() {
        LogRecord message = new LogRecord.Unreadable(0, 5, "no schema id");

        assertThat(EventJson.line(message))
                .isEqualTo("{\"partition\":0,\"offset\":5,\"unreadable\":\"no schema id\"}");
    }

    @Test
    void a_row_of_the_table_says_what_happened() {
        StringWriter text = new StringWriter();
        EventsOutput table = new EventsOutput.Table(new PrintWriter(text));
        OrderLine line =
                new OrderLine(1, 1, new Sku("85123A"), "HEART", null, -6, Money.of("2.55"), 1);
        table.begin();
        table.print(
                at(
                        new CartEvent.PurchaseRecorded(
                                new OrderId("C536365"),
                                line,
                                SaleKind.RETURN,
                                null,
                                NOW,
                                1,
                                line.amount())));
        table.end();

        assertThat(text.toString().lines().toList().getLast())
                .contains("41", "17850", "PurchaseRecorded", "RETURN C536365: -6 x 85123A at 2.55");
    }

    private static LogRecord at(CartEvent event) {
        return new LogRecord.Event(
                3,
                41,
                new RecordedEvent(
                        UUID.fromString("01900000-0000-7000-8000-000000000001"),
                        new AccountId("17850"),
                        42,
                        new CommandId("key-1"),
                        -3,
                        NOW,
                        NOW,
                        event));
    }
}
