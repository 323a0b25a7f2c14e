package com.amazonaws.services.dynamodbv2.local.shared.access.sqlite;

import com.amazonaws.services.dynamodbv2.model.AttributeValue;
import com.amazonaws.services.dynamodbv2.model.TransactWriteItem;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/// What the request in hand is about to write, so that its transaction can read all of it when it
/// begins. Nothing but speed depends on it: an item that was not announced is read when needed.
@NullMarked
public final class AnnouncedWrites {
    private static final ScopedValue<List<TransactWriteItem>> ANNOUNCED = ScopedValue.newInstance();

    private AnnouncedWrites() {}

    /// The item that an action of the request names, by its attributes or by its key.
    record Target(String table, Map<String, AttributeValue> attributes) {}

    /// Runs the request, with its actions announced.
    public static <T> T during(@Nullable List<TransactWriteItem> actions, Supplier<T> request) {
        return ScopedValue.where(ANNOUNCED, actions == null ? List.of() : actions)
                .call(request::get);
    }

    /// What is announced on this thread; malformed actions are left for stock to refuse.
    static List<Target> targets() {
        return ANNOUNCED.orElse(List.of()).stream()
                .filter(Objects::nonNull)
                .map(AnnouncedWrites::target)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Target> target(TransactWriteItem action) {
        if (action.getPut() != null) {
            return target(action.getPut().getTableName(), action.getPut().getItem());
        }
        if (action.getUpdate() != null) {
            return target(action.getUpdate().getTableName(), action.getUpdate().getKey());
        }
        if (action.getDelete() != null) {
            return target(action.getDelete().getTableName(), action.getDelete().getKey());
        }
        return action.getConditionCheck() == null
                ? Optional.empty()
                : target(
                        action.getConditionCheck().getTableName(),
                        action.getConditionCheck().getKey());
    }

    private static Optional<Target> target(
            @Nullable String table, @Nullable Map<String, AttributeValue> attributes) {
        return table == null || attributes == null
                ? Optional.empty()
                : Optional.of(new Target(table, attributes));
    }
}
