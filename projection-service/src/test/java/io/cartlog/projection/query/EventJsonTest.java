package io.cartlog.projection.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.projection.Histories;
import io.cartlog.schemas.event.CartEvent.CartMerged;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.MergePolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventJsonTest {
    private final EventJson json = new EventJson();

    private String payload(RecordedEvent event) {
        String text = json.text(event);
        return text.substring(text.indexOf("recordedAt") + 39);
    }

    @Test
    void the_envelope_comes_first() {
        RecordedEvent event = new Histories("a").add("P-1", 2, "9.5", null).events().getFirst();

        assertThat(json.text(event))
                .startsWith(
                        "{\"eventId\":\"%s\",\"version\":1,\"type\":\"ItemAdded\",\"commandId\":\"key-1\",\"occurredAt\":\"2026-01-02T03:04:05.678Z\",\"recordedAt\":\"2026-01-02T03:04:05.678Z\","
                                .formatted(event.eventId()));
    }

    @Test
    void a_payload_has_the_members_of_its_record_and_leaves_out_what_is_unknown() {
        Histories history =
                new Histories("a")
                        .add("P-1", 2, "9.5", "TV")
                        .save("P-2", null)
                        .checkOut("O-1")
                        .purchase("536365", "85123A", 6, "2.55");

        assertThat(history.events().stream().map(this::payload))
                .containsExactly(
                        "\"line\":{\"sku\":\"P-1\",\"quantity\":2,\"unitPrice\":\"9.50\",\"category\":\"TV\",\"since\":\"2026-01-02T03:04:05.678Z\",\"seq\":1},\"added\":2}",
                        "\"saved\":{\"sku\":\"P-2\",\"since\":\"2026-01-02T03:04:05.678Z\",\"seq\":2}}",
                        "\"orderId\":\"O-1\",\"lines\":[{\"lineNo\":1,\"occurrence\":1,\"sku\":\"P-1\",\"category\":\"TV\",\"quantity\":2,\"unitPrice\":\"9.50\",\"seq\":3}],\"total\":\"19.00\"}",
                        "\"orderId\":\"536365\",\"line\":{\"lineNo\":1,\"occurrence\":1,\"sku\":\"85123A\",\"description\":\"WHITE HANGING HEART\",\"quantity\":6,\"unitPrice\":\"2.55\",\"seq\":4},\"kind\":\"SALE\",\"country\":\"United Kingdom\",\"orderSince\":\"2026-01-02T03:04:05.678Z\",\"orderLines\":1,\"orderAmount\":\"15.30\"}");
    }

    @Test
    void a_merge_is_told_as_the_command_that_asked_for_it_was() {
        RecordedEvent added = new Histories("a").add("P-1", 2, "9.5", null).events().getFirst();
        RecordedEvent merged =
                new RecordedEvent(
                        added.eventId(),
                        added.account(),
                        1,
                        added.commandId(),
                        1,
                        added.occurredAt(),
                        added.recordedAt(),
                        new CartMerged(
                                new AccountId("guest-1"), MergePolicy.SUM, List.of(), List.of()));

        assertThat(payload(merged))
                .isEqualTo("\"guest\":\"guest-1\",\"policy\":\"sum\",\"lines\":[],\"saved\":[]}");
    }
}
