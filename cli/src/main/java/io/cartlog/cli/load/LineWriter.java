package io.cartlog.cli.load;

import io.cartlog.cli.cart.CartRow;
import io.cartlog.cli.retail.FileLine;
import io.cartlog.cli.retail.RetailRow;
import io.cartlog.cli.shop.Step;
import io.cartlog.cli.terminal.Json;
import io.cartlog.schemas.command.CartCommand.AddItem;
import io.cartlog.schemas.command.CartCommand.Batch;
import io.cartlog.schemas.command.CartCommand.CheckOut;
import io.cartlog.schemas.command.CartCommand.ClearCart;
import io.cartlog.schemas.command.CartCommand.LookUp;
import io.cartlog.schemas.command.CartCommand.MergeCart;
import io.cartlog.schemas.command.CartCommand.Message;
import io.cartlog.schemas.command.CartCommand.MoveToCart;
import io.cartlog.schemas.command.CartCommand.RecordPurchase;
import io.cartlog.schemas.command.CartCommand.RemoveItem;
import io.cartlog.schemas.command.CartCommand.RemoveSavedItem;
import io.cartlog.schemas.command.CartCommand.SaveForLater;
import io.cartlog.schemas.command.CartCommand.SaveItem;
import io.cartlog.schemas.command.CartCommand.SetQuantity;
import io.cartlog.schemas.command.CartCommand.UndoLast;
import io.cartlog.schemas.value.CommandId;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Rows and commands as lines of the batch endpoint. All values go as text; the service reads them.
final class LineWriter {
    private LineWriter() {}

    static BatchLine line(FileLine.Row line, CommandId key) {
        RetailRow row = line.row();
        return new BatchLine(line.number(), line.text(), row.account(), json(row.fields(), key));
    }

    private static String json(List<String> fields, CommandId key) {
        StringWriter text = new StringWriter(320);
        try (JsonGenerator json = Json.MAPPER.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringProperty("idempotencyKey", key.value());
            for (int i = 0; i < fields.size(); i++) {
                json.writeStringProperty(RetailRow.COLUMNS.get(i), fields.get(i));
            }
            json.writeEndObject();
        }
        return text.toString();
    }

    /// An item of the cart table as the command that puts it there. What was bought is a till's
    /// line: its order has a number already.
    static BatchLine line(long number, String text, CartRow row) {
        StringWriter line = new StringWriter(240);
        try (JsonGenerator json = Json.MAPPER.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringProperty("idempotencyKey", row.key().value());
            switch (row.status()) {
                case ACTIVE -> writeItem(json, "AddItem", row);
                case SAVED -> writeItem(json, "SaveItem", row);
                case PURCHASED -> writePurchase(json, row);
            }
            json.writeEndObject();
        }
        return new BatchLine(number, text, row.account(), line.toString());
    }

    private static void writeItem(JsonGenerator json, String command, CartRow row) {
        json.writeStringProperty("account", row.account());
        json.writeStringProperty("command", command);
        json.writeStringProperty("occurredAt", row.time().toString());
        if (row.status() == CartRow.Status.ACTIVE) {
            write(json, row.product(), row.quantity(), row.price(), row.category());
        } else {
            write(json, row.product(), null, null, row.category());
        }
    }

    private static void writePurchase(JsonGenerator json, CartRow row) {
        json.writeStringProperty("InvoiceNo", String.valueOf(row.order()));
        json.writeStringProperty("StockCode", row.product());
        json.writeStringProperty("Quantity", String.valueOf(row.quantity()));
        json.writeStringProperty("InvoiceDate", row.time().toString());
        json.writeStringProperty("UnitPrice", String.valueOf(row.price()));
        json.writeStringProperty("CustomerID", row.account());
    }

    static BatchLine line(Step step) {
        StringWriter line = new StringWriter(200);
        try (JsonGenerator json = Json.MAPPER.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringProperty("idempotencyKey", step.key().value());
            json.writeStringProperty("account", step.account().value());
            json.writeStringProperty("command", step.command().getClass().getSimpleName());
            writeFields(json, step);
            json.writeEndObject();
        }
        String text = step.account() + " " + step.command();
        return new BatchLine(step.number(), text, step.account().value(), line.toString());
    }

    private static void writeFields(JsonGenerator json, Step step) {
        switch (step.command()) {
            case AddItem c -> write(json, c.sku(), c.quantity(), c.unitPrice(), c.category());
            case SetQuantity c -> write(json, c.sku(), c.quantity(), null, null);
            case RemoveItem c -> write(json, c.sku(), null, null, null);
            case SaveForLater c -> write(json, c.sku(), null, null, null);
            case MoveToCart c -> write(json, c.sku(), c.quantity(), c.unitPrice(), null);
            case SaveItem c -> write(json, c.sku(), null, null, c.category());
            case RemoveSavedItem c -> write(json, c.sku(), null, null, null);
            case CheckOut _, ClearCart _ -> {}
            case RecordPurchase _ ->
                    throw new IllegalArgumentException("a till's line is sent as its row");
            case Batch _, MergeCart _, UndoLast _, LookUp _, Message _ ->
                    throw new IllegalArgumentException("no line of a batch: " + step.command());
        }
    }

    private static void write(
            JsonGenerator json,
            Object productId,
            @Nullable Integer quantity,
            @Nullable Object price,
            @Nullable String category) {
        json.writeStringProperty("productId", productId.toString());
        if (quantity != null) {
            json.writeNumberProperty("quantity", quantity);
        }
        if (price != null) {
            json.writeStringProperty("price", price.toString());
        }
        if (category != null) {
            json.writeStringProperty("category", category);
        }
    }
}
