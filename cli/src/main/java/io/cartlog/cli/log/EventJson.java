package io.cartlog.cli.log;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.cartlog.cli.terminal.Json;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.Sku;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Events as JSON: names in camelCase, ids as text, money as text, what is not known left out.
final class EventJson {
    private static final JsonMapper MAPPER =
            Json.MAPPER
                    .rebuild()
                    .changeDefaultPropertyInclusion(
                            i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .addMixIn(Money.class, AsText.class)
                    .addMixIn(Sku.class, AsText.class)
                    .addMixIn(OrderId.class, AsText.class)
                    .addMixIn(AccountId.class, AsText.class)
                    .addMixIn(CommandId.class, AsText.class)
                    .build();

    private EventJson() {}

    /// One line.
    static String line(LogRecord message) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("partition", message.partition());
        json.put("offset", message.offset());
        switch (message) {
            case LogRecord.Event event -> put(json, event.event());
            case LogRecord.Unreadable unreadable -> json.put("unreadable", unreadable.reason());
        }
        return MAPPER.writeValueAsString(json);
    }

    private static void put(ObjectNode json, RecordedEvent event) {
        json.put("eventId", event.eventId().toString());
        json.put("account", event.account().value());
        json.put("version", event.version());
        json.put("type", event.event().type());
        json.put("commandId", event.commandId().value());
        json.put("occurredAt", event.occurredAt().toString());
        json.put("recordedAt", event.recordedAt().toString());
        json.setAll(MAPPER.<ObjectNode>valueToTree(event.event()));
    }

    private interface AsText {
        @JsonValue
        @Override
        String toString();
    }
}
