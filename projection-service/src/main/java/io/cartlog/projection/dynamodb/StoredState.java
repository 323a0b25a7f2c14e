package io.cartlog.projection.dynamodb;

import io.cartlog.projection.view.Attribute;
import io.cartlog.projection.view.Row;
import io.cartlog.projection.view.ViewState;
import io.cartlog.projection.view.ViewState.Candidate;
import io.cartlog.projection.view.ViewState.Order;
import io.cartlog.projection.view.ViewState.Previous;
import io.cartlog.projection.view.ViewState.Promotion;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A state as its item's attributes, there and back.
final class StoredState {
    static final String REVISION = "Revision";
    static final String EPOCH = "Epoch";
    private static final String LIVE = "Live";
    private static final String HIGHEST = "Highest";
    private static final String CANDIDATE = "Candidate";
    private static final String PREVIOUS = "Previous";
    private static final String RETIRED = "Retired";
    private static final String VERSION = "Version";
    private static final String SINCE = "Since";
    private static final String PROMOTION = "Promotion";
    private static final String MAX_CHANGE = "MaxChange";
    private static final String BUDGET = "Budget";
    private static final String HELD = "Held";

    private StoredState() {}

    static Map<String, AttributeValue> of(ViewState state) {
        Map<String, Attribute> attributes = new HashMap<>();
        attributes.put(REVISION, Attribute.of(state.revision()));
        attributes.put(EPOCH, Attribute.of(state.epoch()));
        attributes.put(LIVE, Attribute.of(state.live()));
        attributes.put(HIGHEST, Attribute.of(state.highest()));
        if (state.candidate() != null) {
            attributes.put(CANDIDATE, group(state.candidate()));
        }
        if (state.previous() != null) {
            attributes.put(PREVIOUS, group(state.previous()));
        }
        Map<String, Attribute> retired = new TreeMap<>();
        state.retired()
                .forEach((version, at) -> retired.put("" + version, Attribute.of(at.toString())));
        attributes.put(RETIRED, new Attribute.Group(retired));
        return StoredRow.of(new Row(attributes));
    }

    private static Attribute group(Candidate candidate) {
        Map<String, Attribute> group = new TreeMap<>();
        group.put(VERSION, Attribute.of(candidate.version()));
        group.put(SINCE, Attribute.of(candidate.since().toString()));
        group.put(PROMOTION, Attribute.of(candidate.order().promotion().name()));
        group.put(BUDGET, Attribute.of(candidate.order().budget()));
        if (candidate.order().maxChange() != null) {
            group.put(MAX_CHANGE, Attribute.of(candidate.order().maxChange()));
        }
        if (candidate.held() != null) {
            group.put(HELD, Attribute.of(candidate.held()));
        }
        return new Attribute.Group(group);
    }

    private static Attribute group(Previous previous) {
        return new Attribute.Group(
                Map.of(
                        VERSION,
                        Attribute.of(previous.version()),
                        SINCE,
                        Attribute.of(previous.since().toString())));
    }

    static ViewState state(Map<String, AttributeValue> item) {
        Row row = StoredRow.row(item);
        Map<Integer, Instant> retired = new TreeMap<>();
        row.group(RETIRED)
                .attributes()
                .forEach((version, at) ->
                        retired.put(Integer.valueOf(version), Instant.parse(text(at))));
        return new ViewState(
                number(row, REVISION),
                number(row, EPOCH),
                (int) number(row, LIVE),
                (int) number(row, HIGHEST),
                candidate(row.group(CANDIDATE)),
                previous(row.group(PREVIOUS)),
                retired);
    }

    private static @Nullable Candidate candidate(Row row) {
        if (row.attributes().isEmpty()) {
            return null;
        }
        Attribute.Decimal most = row.numberOrNull(MAX_CHANGE);
        Order order =
                new Order(
                        Promotion.valueOf(row.text(PROMOTION)),
                        most == null ? null : most.value().longValueExact(),
                        (int) number(row, BUDGET));
        return new Candidate(
                (int) number(row, VERSION),
                Instant.parse(row.text(SINCE)),
                order,
                row.textOrNull(HELD));
    }

    private static @Nullable Previous previous(Row row) {
        return row.attributes().isEmpty()
                ? null
                : new Previous((int) number(row, VERSION), Instant.parse(row.text(SINCE)));
    }

    private static long number(Row row, String name) {
        return row.number(name).value().longValueExact();
    }

    private static String text(Attribute attribute) {
        return attribute instanceof Attribute.Text text ? text.value() : "";
    }
}
