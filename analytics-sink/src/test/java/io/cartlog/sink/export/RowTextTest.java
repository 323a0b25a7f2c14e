package io.cartlog.sink.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.schemas.event.CartEvent;
import io.cartlog.sink.SampleEvents;
import io.cartlog.sink.row.EventRow;
import org.junit.jupiter.api.Test;

class RowTextTest {
    // S1-09, S3-07
    @Test
    void a_row_of_a_till_is_an_object_with_every_column() {
        assertThat(RowText.json(row(SampleEvents.sold("C1", 2, -6, "2.5"))))
                .isEqualTo(
                        """
                        {"event_id":"%s","account_id":"17850","version":3,\
                        "command_id":"key-17850-3","event_type":"PurchaseRecorded",\
                        "occurred_at":"2010-12-01T08:26:00.000Z",\
                        "recorded_at":"2026-01-02T03:04:05.678Z","order_id":"C1","line_no":2,\
                        "occurrence":1,"sku":"85123A","description":"WHITE HANGING HEART",\
                        "category":null,"quantity":-6,"unit_price":"2.50","kind":"RETURN",\
                        "country":"United Kingdom","amount":"-15.00","lines":null,\
                        "kafka_partition":1,"kafka_offset":42}\
                        """
                                .formatted(row(SampleEvents.added(1)).eventId()));
    }

    @Test
    void lines_of_an_order_are_objects_in_json() {
        assertThat(RowText.json(row(SampleEvents.checkedOut("O-1", "199.99"))))
                .contains(
                        """
                        "lines":[{"line_no":1,"occurrence":1,"sku":"P-1001",\
                        "category":"TV \\"4K\\" \\\\ Möbel","quantity":2,"unit_price":"199.99"}]\
                        """);
    }

    // S1-10
    @Test
    void a_field_of_csv_is_quoted_where_it_must_be() {
        assertThat(RowText.csvHeader()).startsWith("event_id,account_id,version,");
        assertThat(RowText.csv(row(SampleEvents.checkedOut("O-1", "199.99"))))
                .contains(",O-1,,,,,,,,SALE,,399.98,\"[{\"\"line_no\"\":1,")
                .endsWith("}]\",1,42");
    }

    private static EventRow row(CartEvent event) {
        return EventRow.of(1, 42, SampleEvents.recorded("17850", 3, event));
    }
}
