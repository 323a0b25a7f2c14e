package io.cartlog.projection.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cartlog.projection.view.TableLayout;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.schemas.value.MergePolicy;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.Sku;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.ser.std.ToStringSerializer;

/// Events as clients see them, the same that commands answer with: the members of the event's
/// record after those of its envelope, values as text, times in UTC with milliseconds; what is
/// unknown is left out. A new kind of event needs nothing here.
@Component
class EventJson {
    private final JsonMapper mapper =
            JsonMapper.builder()
                    .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .changeDefaultPropertyInclusion(
                            i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .addModule(values())
                    .build();

    private static SimpleModule values() {
        SimpleModule values = new SimpleModule();
        values.addSerializer(Instant.class, new Time());
        values.addSerializer(MergePolicy.class, new Policy());
        List.of(AccountId.class, CommandId.class, Money.class, OrderId.class, Sku.class)
                .forEach(type -> values.addSerializer(type, ToStringSerializer.instance));
        return values;
    }

    private static final class Time extends StdSerializer<Instant> {
        Time() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant time, JsonGenerator json, SerializationContext context) {
            json.writeString(TableLayout.timestamp(time));
        }
    }

    private static final class Policy extends StdSerializer<MergePolicy> {
        Policy() {
            super(MergePolicy.class);
        }

        @Override
        public void serialize(
                MergePolicy policy, JsonGenerator json, SerializationContext context) {
            json.writeString(policy.name().toLowerCase(Locale.ROOT));
        }
    }

    ObjectNode of(RecordedEvent event) {
        ObjectNode json = mapper.createObjectNode();
        json.put("eventId", event.eventId().toString());
        json.put("version", event.version());
        json.put("type", event.event().type());
        json.put("commandId", event.commandId().toString());
        json.put("occurredAt", TableLayout.timestamp(event.occurredAt()));
        json.put("recordedAt", TableLayout.timestamp(event.recordedAt()));
        json.setAll((ObjectNode) mapper.valueToTree(event.event()));
        return json;
    }

    /// On one line.
    String text(RecordedEvent event) {
        return mapper.writeValueAsString(of(event));
    }
}
