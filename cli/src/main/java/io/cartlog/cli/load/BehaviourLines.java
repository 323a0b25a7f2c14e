package io.cartlog.cli.load;

import io.cartlog.cli.behaviour.BehaviourLine;
import io.cartlog.cli.behaviour.BehaviourRow;
import io.cartlog.cli.terminal.Json;
import io.cartlog.schemas.click.Click;
import io.cartlog.schemas.value.ClickId;
import io.cartlog.schemas.value.CommandId;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// A row of the behaviour file as what is sent: a click, and the commands that it led to.
///
/// A purchase is recorded as a till's line, for most of them have no cart before them; a command
/// beside it takes the product out of the cart, if it lies there, and is named after the purchase's
/// so that the warehouse knows that both are one click.
final class BehaviourLines {
    /// Ends the key of what takes a bought product out of the cart.
    private static final String OUT_OF_THE_CART = "/cart";

    private BehaviourLines() {}

    static BatchLine click(BehaviourLine.Row line, ClickId id) {
        Click click = line.row().click(id, line.row().action().isView() ? null : command(id));
        return line(line, json -> write(json, click));
    }

    /// A click that comes from no file.
    ///
    /// @param source the step of the play
    static BatchLine click(long source, Click click) {
        return new BatchLine(
                source,
                click.account() + " " + click.action().text(),
                click.account().value(),
                object(json -> write(json, click)));
    }

    /// The commands of the row's account, in their order.
    static List<BatchLine> commands(BehaviourLine.Row line, ClickId id) {
        BehaviourRow row = line.row();
        return switch (row.action()) {
            case VIEW -> List.of();
            case CART -> List.of(line(line, json -> add(json, row, command(id))));
            case REMOVE_FROM_CART ->
                    List.of(line(line, json -> remove(json, row, command(id).value())));
            case PURCHASE ->
                    List.of(
                            line(line, json -> remove(json, row, outOfTheCart(id))).mayMiss(),
                            line(line, json -> purchase(json, row, id)));
        };
    }

    private static CommandId command(ClickId id) {
        return new CommandId("click-" + id);
    }

    private static String outOfTheCart(ClickId id) {
        return command(id) + OUT_OF_THE_CART;
    }

    private static BatchLine line(BehaviourLine.Row line, Consumer<JsonGenerator> members) {
        return new BatchLine(
                line.number(), line.text(), line.row().account().value(), object(members));
    }

    private static String object(Consumer<JsonGenerator> members) {
        StringWriter text = new StringWriter(360);
        try (JsonGenerator json = Json.MAPPER.createGenerator(text)) {
            json.writeStartObject();
            members.accept(json);
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Click click) {
        json.writeStringProperty("clickId", click.id().value());
        json.writeStringProperty("account", click.account().value());
        known(json, "session", click.session());
        json.writeStringProperty("action", click.action().text());
        json.writeStringProperty("occurredAt", click.occurredAt().toString());
        json.writeStringProperty("productId", click.sku().value());
        known(json, "categoryId", click.categoryId());
        known(json, "category", click.category());
        known(json, "brand", click.brand());
        known(json, "price", click.price());
        known(json, "commandId", click.command());
    }

    private static void add(JsonGenerator json, BehaviourRow row, CommandId key) {
        command(json, row, "AddItem", key.value());
        json.writeNumberProperty("quantity", 1);
        known(json, "price", row.price());
        known(json, "category", row.category());
    }

    private static void remove(JsonGenerator json, BehaviourRow row, String key) {
        command(json, row, "RemoveItem", key);
    }

    private static void command(JsonGenerator json, BehaviourRow row, String command, String key) {
        json.writeStringProperty("idempotencyKey", key);
        json.writeStringProperty("account", row.account().value());
        json.writeStringProperty("command", command);
        json.writeStringProperty("productId", row.product().value());
        json.writeStringProperty("occurredAt", row.time().toString());
    }

    private static void purchase(JsonGenerator json, BehaviourRow row, ClickId id) {
        json.writeStringProperty("idempotencyKey", command(id).value());
        json.writeStringProperty("InvoiceNo", row.order(id).value());
        json.writeStringProperty("StockCode", row.product().value());
        json.writeNumberProperty("Quantity", 1);
        json.writeStringProperty("InvoiceDate", row.time().toString());
        known(json, "UnitPrice", row.price());
        json.writeStringProperty("CustomerID", row.account().value());
    }

    private static void known(JsonGenerator json, String name, @Nullable Object value) {
        if (value != null) {
            json.writeStringProperty(name, value.toString());
        }
    }
}
