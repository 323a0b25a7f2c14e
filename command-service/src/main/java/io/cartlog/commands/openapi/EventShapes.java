package io.cartlog.commands.openapi;

import static io.cartlog.commands.openapi.Schema.integer;
import static io.cartlog.commands.openapi.Schema.listOf;
import static io.cartlog.commands.openapi.Schema.object;
import static io.cartlog.commands.openapi.Schema.oneOf;
import static io.cartlog.commands.openapi.Schema.ref;
import static io.cartlog.commands.openapi.Schema.text;
import static io.cartlog.commands.openapi.Schema.word;

import io.cartlog.schemas.event.CartEvent;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CartLine;
import io.cartlog.schemas.value.MergePolicy;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.OrderLine;
import io.cartlog.schemas.value.SaleKind;
import io.cartlog.schemas.value.SavedLine;
import io.cartlog.schemas.value.Sku;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Events and their lines as clients see them, made of the records: a new kind of event needs
/// nothing here.
final class EventShapes {
    static final Schema KIND = word(names(SaleKind.values()));

    private static final Map<Type, Schema> VALUES =
            Map.ofEntries(
                    Map.entry(int.class, integer(Integer.MIN_VALUE, Integer.MAX_VALUE)),
                    Map.entry(Integer.class, integer(Integer.MIN_VALUE, Integer.MAX_VALUE)),
                    Map.entry(long.class, integer(0, Long.MAX_VALUE)),
                    Map.entry(String.class, text()),
                    Map.entry(Instant.class, Shapes.TIME),
                    Map.entry(AccountId.class, Shapes.ACCOUNT),
                    Map.entry(Sku.class, Shapes.PRODUCT),
                    Map.entry(OrderId.class, Shapes.ORDER),
                    Map.entry(Money.class, Shapes.MONEY),
                    Map.entry(SaleKind.class, KIND),
                    Map.entry(
                            MergePolicy.class,
                            word(
                                    Arrays.stream(names(MergePolicy.values()))
                                            .map(name -> name.toLowerCase(Locale.ROOT))
                                            .toArray(String[]::new))));

    private static final List<Class<?>> LINES =
            List.of(CartLine.class, SavedLine.class, OrderLine.class);

    private EventShapes() {}

    static Map<String, Schema> all() {
        Map<String, Schema> all = new LinkedHashMap<>();
        LINES.forEach(line -> all.put(line.getSimpleName(), members(object(), line)));
        List<Schema> events = new ArrayList<>();
        for (Class<?> event : CartEvent.class.getPermittedSubclasses()) {
            all.put(event.getSimpleName(), members(envelope(event.getSimpleName()), event));
            events.add(ref(event.getSimpleName()));
        }
        all.put("Event", oneOf(events).with("discriminator", Map.of("propertyName", "type")));
        return all;
    }

    private static Schema envelope(String type) {
        return object().must("eventId", text().with("format", "uuid"))
                .must("version", Shapes.VERSION)
                .must("type", word(type))
                .may("commandId", Shapes.COMMAND.says("In histories: what caused it"))
                .must("occurredAt", Shapes.TIME)
                .must("recordedAt", Shapes.TIME);
    }

    private static Schema members(Schema schema, Class<?> type) {
        Schema all = schema;
        for (RecordComponent member : type.getRecordComponents()) {
            Schema shape = shape(member.getGenericType());
            all =
                    member.getAnnotatedType().isAnnotationPresent(Nullable.class)
                            ? all.may(member.getName(), shape)
                            : all.must(member.getName(), shape);
        }
        return all;
    }

    private static Schema shape(Type type) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return listOf(shape(list.getActualTypeArguments()[0]));
        }
        if (type instanceof Class<?> line && LINES.contains(line)) {
            return ref(line.getSimpleName());
        }
        Schema value = VALUES.get(type);
        if (value == null) {
            throw new IllegalStateException("clients have never seen a " + type.getTypeName());
        }
        return value;
    }

    private static String[] names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).toArray(String[]::new);
    }
}
