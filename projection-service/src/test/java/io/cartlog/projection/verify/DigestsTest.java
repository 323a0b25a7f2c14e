package io.cartlog.projection.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.projection.Histories;
import io.cartlog.schemas.event.RecordedEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class DigestsTest {
    private final List<RecordedEvent> events =
            new Histories("17850")
                    .add("P-1", 2, "199.99", "TV")
                    .save("P-2", null)
                    .checkOut("O-1")
                    .purchase("536365", "85123A", -6, "0.001")
                    .events();

    @Test
    void the_text_has_every_field_and_nothing_where_the_event_has_none() {
        assertThat(texts())
                .containsExactly(
                        "17850|1|" + id(0) + "|ItemAdded|1767323045678||P-1|2|199.99",
                        "17850|2|" + id(1) + "|ItemSaved|1767323045678||P-2||",
                        "17850|3|" + id(2) + "|CheckedOut|1767323045678|O-1||||1:P-1:2:199.99",
                        "17850|4|"
                                + id(3)
                                + "|PurchaseRecorded|1767323045678|536365|85123A|-6|0.001");
    }

    @Test
    void a_digest_is_the_first_eight_bytes_of_md5() {
        assertThat(Digests.hex(Digests.of(""))).isEqualTo("d41d8cd98f00b204");
        assertThat(Digests.hex(Digests.of("a"))).isEqualTo("0cc175b9c0f1b6a8");
    }

    private List<String> texts() {
        return events.stream().map(Digests::text).toList();
    }

    private String id(int event) {
        return events.get(event).eventId().toString();
    }
}
