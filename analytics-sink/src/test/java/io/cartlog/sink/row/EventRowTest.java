package io.cartlog.sink.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.schemas.event.CartEvent;
import io.cartlog.schemas.event.CartEvent.ItemSaved;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.SavedLine;
import io.cartlog.schemas.value.Sku;
import io.cartlog.sink.SampleEvents;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventRowTest {
    @Test
    void a_row_says_whose_event_it_is_and_where_it_stands_in_the_log() {
        EventRow row =
                EventRow.of(3, 17, SampleEvents.recorded("17850", 42, SampleEvents.added(2)));
        assertThat(row.accountId()).isEqualTo("17850");
        assertThat(row.version()).isEqualTo(42);
        assertThat(row.commandId()).isEqualTo("key-17850-42");
        assertThat(row.eventType()).isEqualTo("ItemAdded");
        assertThat(row.occurredAt()).isEqualTo(SampleEvents.OCCURRED);
        assertThat(row.recordedAt()).isEqualTo(SampleEvents.RECORDED);
        assertThat(row.kafkaPartition()).isEqualTo(3);
        assertThat(row.kafkaOffset()).isEqualTo(17);
    }

    @Test
    void a_cart_line_fills_the_columns_of_the_product_and_none_of_an_order() {
        EventRow row = row(SampleEvents.added(2));
        assertThat(row.sku()).isEqualTo("P-1001");
        assertThat(row.quantity()).isEqualTo(2);
        assertThat(row.unitPrice()).isEqualTo(Money.of("5"));
        assertThat(row.orderId()).isNull();
        assertThat(row.lineNo()).isNull();
        assertThat(row.kind()).isNull();
        assertThat(row.amount()).isNull();
        assertThat(row.lines()).isNull();
    }

    // S0-24
    @Test
    void a_saved_product_needs_neither_quantity_nor_price() {
        EventRow row =
                row(
                        new ItemSaved(
                                new SavedLine(
                                        new Sku("P-1"),
                                        null,
                                        null,
                                        "TV",
                                        SampleEvents.OCCURRED,
                                        1)));
        assertThat(row.sku()).isEqualTo("P-1");
        assertThat(row.category()).isEqualTo("TV");
        assertThat(row.quantity()).isNull();
        assertThat(row.unitPrice()).isNull();
    }

    // S0-21
    @Test
    void an_order_of_a_cart_is_one_row_with_all_its_lines_and_their_net_amount() {
        EventRow row = row(SampleEvents.checkedOut("O-1", "199.99", "0.001"));
        assertThat(row.orderId()).isEqualTo("O-1");
        assertThat(row.kind()).isEqualTo("SALE");
        assertThat(row.amount()).isEqualTo(Money.of("399.981"));
        assertThat(row.sku()).isNull();
        assertThat(row.lineNo()).isNull();
        assertThat(row.lines())
                .containsExactly(
                        new EventRow.Line(
                                1, 1, "P-1001", "TV \"4K\" \\ Möbel", 2, Money.of("199.99")),
                        new EventRow.Line(2, 1, "P-1002", null, 1, Money.of("0.001")));
    }

    // S1-17
    @Test
    void what_came_back_has_a_negative_amount() {
        EventRow row = row(SampleEvents.sold("C536365", 2, -6, "2.55"));
        assertThat(row.orderId()).isEqualTo("C536365");
        assertThat(row.lineNo()).isEqualTo(2);
        assertThat(row.occurrence()).isEqualTo(1);
        assertThat(row.description()).isEqualTo("WHITE HANGING HEART");
        assertThat(row.country()).isEqualTo("United Kingdom");
        assertThat(row.kind()).isEqualTo("RETURN");
        assertThat(row.amount()).isEqualTo(Money.of("-15.30"));
        assertThat(row.lines()).isNull();
    }

    @Test
    void an_amount_that_money_cannot_hold_is_no_row() {
        CartEvent.PurchaseRecorded sane = SampleEvents.sold("1", 1, 1, "99999999999999");
        assertThatThrownBy(() -> row(times(sane, 10))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void every_event_has_the_same_digest_in_the_log_and_in_its_row() {
        List<CartEvent> events = SampleEvents.everyKind().toList();
        assertThat(events)
                .hasSize(CartEvent.class.getPermittedSubclasses().length)
                .allSatisfy(e ->
                        assertThat(EventDigest.of(row(e)))
                                .isEqualTo(EventDigest.of(SampleEvents.recorded("17850", 1, e))));
        assertThat(events.stream().map(e -> EventDigest.of(row(e)))).doesNotHaveDuplicates();
    }

    /// The text is the agreed one, so that other services reach the same number.
    @Test
    void the_digest_is_the_start_of_md5_over_the_agreed_text() {
        String text = "17850|1|" + id() + "|PurchaseRecorded|1291191960000|536365|85123A|6|2.55";
        assertThat(EventDigest.of(row(SampleEvents.sold("536365", 1, 6, "2.55"))))
                .isEqualTo(Md5.first8(text));
        String order =
                "17850|1|"
                        + id()
                        + "|CheckedOut|1291191960000|O-1||||1:P-1001:2:5.00|2:P-1002:1:0.125";
        assertThat(EventDigest.of(row(SampleEvents.checkedOut("O-1", "5", "0.125"))))
                .isEqualTo(Md5.first8(order));
        assertThat(EventDigest.text(255)).isEqualTo("00000000000000ff");
    }

    private static String id() {
        return SampleEvents.recorded("17850", 1, SampleEvents.added(1)).eventId().toString();
    }

    private static CartEvent times(CartEvent.PurchaseRecorded e, int quantity) {
        var line = e.line();
        var more =
                new io.cartlog.schemas.value.OrderLine(
                        line.lineNo(),
                        line.occurrence(),
                        line.sku(),
                        line.description(),
                        line.category(),
                        quantity,
                        line.unitPrice(),
                        line.seq());
        return new CartEvent.PurchaseRecorded(
                e.orderId(),
                more,
                e.kind(),
                e.country(),
                e.orderSince(),
                e.orderLines(),
                e.orderAmount());
    }

    private static EventRow row(CartEvent event) {
        return EventRow.of(0, 0, SampleEvents.recorded("17850", 1, event));
    }
}
