package io.cartlog.commands.openapi;

import static io.cartlog.commands.openapi.Schema.allOf;
import static io.cartlog.commands.openapi.Schema.anyOf;
import static io.cartlog.commands.openapi.Schema.flag;
import static io.cartlog.commands.openapi.Schema.integer;
import static io.cartlog.commands.openapi.Schema.listOf;
import static io.cartlog.commands.openapi.Schema.number;
import static io.cartlog.commands.openapi.Schema.object;
import static io.cartlog.commands.openapi.Schema.oneOf;
import static io.cartlog.commands.openapi.Schema.openObject;
import static io.cartlog.commands.openapi.Schema.ref;
import static io.cartlog.commands.openapi.Schema.text;
import static io.cartlog.commands.openapi.Schema.wholeNumber;
import static io.cartlog.commands.openapi.Schema.word;

import io.cartlog.commands.cart.CartLimits;
import io.cartlog.schemas.click.ClickAction;
import io.cartlog.schemas.command.CartCommand.Batch;
import io.cartlog.schemas.command.CommandEnvelope;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The shapes of what goes in and of what comes out, by name. Those of events are made of the
/// events themselves ([EventShapes]).
final class Shapes {
    private static final String NO_CONTROLS = "\\u0000-\\u001f\\u007f-\\u009f";
    private static final String NAME = "^(?=.*\\S)[^#" + NO_CONTROLS + "]+$";
    private static final int NAME_BYTES = 40;
    private static final int MOST_QUANTITY = Integer.MAX_VALUE;
    private static final long MOST_VERSION = 999_999_999_999_999_999L;

    static final Schema ACCOUNT =
            text().with("pattern", "^[A-Za-z0-9][A-Za-z0-9._:@-]{0,39}$")
                    .with("maxLength", AccountId.MAX_LENGTH)
                    .example("10000002");
    static final Schema PRODUCT =
            name().says("At most 40 bytes of UTF-8; `P-1001` and `1001` are the same product.")
                    .example("P-1001");
    static final Schema ORDER =
            name().says("The shop's own, `O-` and 26 characters, or the number that a till gave.")
                    .example("O-01KDYC4Q2Y00000000000000AB");
    static final Schema COMMAND =
            text().with("pattern", "^[!-~]{1,100}$").with("maxLength", 100).example("frontend-1");

    /// Of a command that a client names: the service has names of its own.
    static final Schema KEY =
            COMMAND.with("pattern", "^(?!" + CommandEnvelope.OWN_IDS + ")[!-~]{1,100}$");

    static final Schema VERSION = integer(0, MOST_VERSION).example(7);
    static final Schema TIME =
            text().with("format", "date-time")
                    .says("ISO-8601, UTC, to the millisecond")
                    .example("2026-01-02T03:04:05.678Z");
    static final Schema MONEY =
            text().with("pattern", "^-?[0-9]{1,14}\\.[0-9]{2,4}$")
                    .says("An exact amount with two to four decimals")
                    .example("199.99");

    private static final Schema QUANTITY =
            integer(1, MOST_QUANTITY)
                    .says(
                            "How many; what a line may hold in all is a setting, 9,999 if none is set.");
    private static final Schema PRICE =
            anyOf(
                            text().with("pattern", "^[0-9]{1,14}(\\.[0-9]{1,4}0*)?$")
                                    .with("maxLength", NAME_BYTES),
                            number().with("minimum", 0)
                                    .with("maximum", CartLimits.PRICE.amount().longValueExact()))
                    .says("Exact, with at most four decimals, at most " + CartLimits.PRICE)
                    .example("199.99");
    private static final Schema CATEGORY = free(Limits.CATEGORY).example("TV");
    private static final Schema OCCURRED_AT =
            text().with("format", "date-time")
                    .says("Business time, 1970 to 9999; left out, it is the log's own.")
                    .example("2026-01-02T03:04:05.678Z");
    private static final Schema CLICK =
            text().with("pattern", "^[!-~]{1,36}$").with("maxLength", 36).example("c-1");
    private static final Schema CAPACITY =
            openObject()
                    .with("additionalProperties", number())
                    .says(
                            "Read capacity units by table and index, if `consumed=true` asked for them");

    private Shapes() {}

    static Map<String, Schema> all() {
        Map<String, Schema> all = new LinkedHashMap<>();
        putCommands(all);
        putTills(all);
        putClicks(all);
        putAnswers(all);
        putViews(all);
        all.putAll(EventShapes.all());
        putProblems(all);
        return all;
    }

    private static void putCommands(Map<String, Schema> all) {
        all.put("AddItem", command(addItem()));
        all.put("SetQuantity", command(object().must("quantity", QUANTITY)));
        all.put("SaveItem", command(product().may("category", CATEGORY.orNull())));
        all.put("MoveToCart", command(quantityAndPrice(object())));
        all.put("WithoutFields", command(object()));
        all.put(
                "MergeCart",
                command(
                        object().must(
                                        "guest",
                                        text().with("pattern", "^guest-[A-Za-z0-9._:@-]{0,34}$")
                                                .with("maxLength", AccountId.MAX_LENGTH)
                                                .example("guest-7f3a9c"))
                                .may(
                                        "policy",
                                        word("sum", "max", "keep", "replace")
                                                .orNull()
                                                .says("`sum` if none is given"))));
        all.put("Action", oneOf(List.copyOf(actions().values())));
        all.put(
                "Actions",
                command(
                        object().must(
                                        "actions",
                                        listOf(ref("Action"))
                                                .with("minItems", 1)
                                                .with("maxItems", Batch.MOST))));
    }

    private static Schema addItem() {
        return product()
                .must("quantity", QUANTITY)
                .must("price", PRICE)
                .may("category", CATEGORY.orNull());
    }

    private static Schema product() {
        return object().must("productId", PRODUCT);
    }

    private static Schema quantityAndPrice(Schema schema) {
        return schema.may("quantity", QUANTITY.orNull()).may("price", PRICE.orNull());
    }

    private static Schema command(Schema fields) {
        return fields.may("occurredAt", OCCURRED_AT.orNull());
    }

    /// Those that are told apart by their name.
    private static Map<String, Schema> actions() {
        Map<String, Schema> actions = new LinkedHashMap<>();
        actions.put("AddItem", addItem());
        actions.put("SetQuantity", product().must("quantity", QUANTITY));
        actions.put("RemoveItem", product());
        actions.put("SaveForLater", product());
        actions.put("MoveToCart", quantityAndPrice(product()));
        actions.put("SaveItem", product().may("category", CATEGORY.orNull()));
        actions.put("RemoveSavedItem", product());
        actions.put("ClearCart", object());
        actions.replaceAll((name, fields) -> fields.must("command", word(name)));
        return actions;
    }

    private static void putTills(Map<String, Schema> all) {
        all.put("RetailRow", retailRow());
        List<Schema> lines = new ArrayList<>();
        lines.add(retailRow().must("idempotencyKey", KEY));
        Map<String, Schema> commands = actions();
        commands.put("CheckOut", object().must("command", word("CheckOut")));
        commands.values()
                .forEach(fields ->
                        lines.add(
                                command(
                                        fields.must("account", ACCOUNT)
                                                .must("idempotencyKey", KEY))));
        all.put("BatchLine", oneOf(lines).says("One line of a batch"));
        all.put("BatchOutcome", batchOutcome());
    }

    private static Schema retailRow() {
        Schema id = anyOf(name(), wholeNumber());
        return object().must("InvoiceNo", id.example("536365"))
                .must("StockCode", id.example("85123A"))
                .may("Description", free(Limits.DESCRIPTION).orNull())
                .must(
                        "Quantity",
                        anyOf(
                                text().with("pattern", "^-?[0-9]{1,10}$").with("maxLength", 11),
                                integer(Integer.MIN_VALUE, Integer.MAX_VALUE)))
                .must(
                        "InvoiceDate",
                        text().says("`12/1/2010 8:26`, taken for UTC, or ISO-8601")
                                .with("maxLength", 40))
                .must(
                        "UnitPrice",
                        anyOf(
                                text().with("pattern", "^-?[0-9]{1,14}(\\.[0-9]{1,4}0*)?$")
                                        .with("maxLength", NAME_BYTES),
                                number().with(
                                                "minimum",
                                                -CartLimits.PRICE.amount().longValueExact())
                                        .with(
                                                "maximum",
                                                CartLimits.PRICE.amount().longValueExact())))
                .may(
                        "CustomerID",
                        anyOf(text().with("maxLength", 60), number().with("minimum", 0))
                                .orNull()
                                .says("`17850`, `17850.0`; without one the row is a guest's"))
                .may("Country", free(Limits.COUNTRY).orNull())
                .says("A till's line in the columns of the \"Online Retail\" data");
    }

    private static Schema batchOutcome() {
        return openObject()
                .must("line", integer(1, MOST_QUANTITY))
                .must("status", integer(200, 599))
                .may("account", ACCOUNT)
                .may("version", VERSION)
                .may("replayed", flag())
                .may("eventId", text().with("format", "uuid"))
                .may("type", text())
                .may("orderId", ORDER)
                .may("total", MONEY)
                .may("code", text())
                .may("detail", text())
                .may("errors", listOf(ref("FieldError")))
                .says("What became of a line; one that was refused has `code` and `detail`");
    }

    private static void putClicks(Map<String, Schema> all) {
        all.put(
                "Click",
                object().must("clickId", CLICK)
                        .must("account", ACCOUNT)
                        .may(
                                "session",
                                text().with("pattern", "^[!-~]{1,64}$")
                                        .with("maxLength", 64)
                                        .says("The visit, as the site names it")
                                        .orNull())
                        .must("action", word(actionNames()))
                        .must(
                                "occurredAt",
                                text().with("format", "date-time")
                                        .says("Business time, 1970 to 9999"))
                        .must("productId", PRODUCT)
                        .may(
                                "categoryId",
                                text().with("pattern", "^[0-9]{1,20}$")
                                        .with("maxLength", 20)
                                        .says("Digits, beyond what a float holds")
                                        .orNull())
                        .may("category", CATEGORY.orNull())
                        .may("brand", free(Limits.BRAND).orNull())
                        .may("price", PRICE.orNull())
                        .may("commandId", COMMAND.orNull())
                        .says("One thing that a shopper did with one product"));
        all.put(
                "ClickOutcome",
                openObject()
                        .must("line", integer(1, MOST_QUANTITY))
                        .must("status", integer(200, 599))
                        .may("account", ACCOUNT)
                        .may("clickId", CLICK)
                        .may("code", text())
                        .may("detail", text())
                        .may("errors", listOf(ref("FieldError")))
                        .says("What became of a line; a bad one has `code` and `detail`"));
    }

    private static String[] actionNames() {
        return Arrays.stream(ClickAction.values()).map(ClickAction::text).toArray(String[]::new);
    }

    private static void putAnswers(Map<String, Schema> all) {
        all.put("CommandAnswer", commandAnswer());
        Schema anything = of("string", "number", "null");
        Schema echo = object();
        for (String column :
                List.of(
                        "InvoiceNo",
                        "StockCode",
                        "Description",
                        "Quantity",
                        "InvoiceDate",
                        "UnitPrice",
                        "CustomerID",
                        "Country")) {
            echo = echo.must(column, anything);
        }
        all.put("TillAnswer", commandAnswer().must("event", echo.says("The row as it came")));
        all.put(
                "CommandResource",
                object().must("account", ACCOUNT)
                        .must("commandId", COMMAND)
                        .must("status", word("pending", "applied", "refused"))
                        .may("answerStatus", integer(200, 599))
                        .may("answer", ref("CommandAnswer"))
                        .may("problem", ref("Problem"))
                        .says(
                                "What became of a command: `answer` or `problem` once that is known"));
    }

    private static Schema of(String... types) {
        return new Schema(Map.of("type", List.of(types)));
    }

    private static Schema commandAnswer() {
        return object().must("account", ACCOUNT)
                .must("version", VERSION)
                .may("orderId", ORDER)
                .may("total", MONEY)
                .must("events", listOf(ref("Event")));
    }

    private static void putViews(Map<String, Schema> all) {
        all.put("Item", item());
        all.put("CartItem", cartItem());
        all.put("Cart", cart());
        all.put("Order", order());
        all.put("OrderLines", orderLines());
        all.put("ItemPage", page("Item"));
        all.put("OrderPage", page("Order"));
        all.put("EventPage", page("Event"));
        all.put(
                "ExplainedStep",
                object().must("event", ref("Event"))
                        .may("line", ref("CartItem").says("As it was afterwards")));
        all.put(
                "Explanation",
                object().must("account", ACCOUNT)
                        .must("version", VERSION)
                        .must("productId", PRODUCT)
                        .may("line", ref("CartItem").says("As it is now"))
                        .must("steps", listOf(ref("ExplainedStep"))));
    }

    private static Schema item() {
        return object().must("accountId", ACCOUNT)
                .must("productId", PRODUCT)
                .must("status", word("ACTIVE", "SAVED", "PURCHASED"))
                .may("quantity", integer(Integer.MIN_VALUE, MOST_QUANTITY))
                .may("price", MONEY)
                .may("category", text())
                .may("amount", MONEY)
                .must("createTimestamp", TIME)
                .may("orderId", ORDER)
                .may("lineNo", integer(1, MOST_QUANTITY))
                .may("description", text())
                .may("country", text())
                .may("kind", EventShapes.KIND);
    }

    private static Schema cartItem() {
        return object().must("productId", PRODUCT)
                .may("quantity", integer(1, MOST_QUANTITY))
                .may("price", MONEY)
                .may("category", text())
                .must("addedAt", TIME)
                .may("amount", MONEY);
    }

    private static Schema cart() {
        return object().must("account", ACCOUNT)
                .must("version", VERSION)
                .must("lines", listOf(ref("CartItem")).says("Newest added first"))
                .must("itemCount", integer(0, MOST_QUANTITY).says("Sum of the quantities"))
                .must("total", MONEY)
                .must("categories", listOf(text()))
                .must("unpriced", listOf(PRODUCT).says("Products whose price is not known"))
                .may("consumed", CAPACITY);
    }

    private static Schema order() {
        return object().must("orderId", ORDER)
                .must("accountId", ACCOUNT)
                .must("count", integer(1, MOST_QUANTITY).says("Of lines"))
                .must("total", MONEY)
                .must("createTimestamp", TIME)
                .may("country", text())
                .must("kind", EventShapes.KIND);
    }

    private static Schema orderLines() {
        return object().must("orderId", ORDER)
                .must("accounts", listOf(ACCOUNT))
                .must("count", integer(1, MOST_QUANTITY))
                .must("total", MONEY)
                .must("createTimestamp", TIME)
                .must("lines", listOf(ref("Item")))
                .may("consumed", CAPACITY);
    }

    private static Schema page(String of) {
        return object().must("items", listOf(ref(of)))
                .must(
                        "nextCursor",
                        text().orNull().says("Asks for what follows; null if nothing does"))
                .may("consumed", CAPACITY);
    }

    private static void putProblems(Map<String, Schema> all) {
        all.put(
                "FieldError",
                object().must("pointer", text().says("JSON pointer; empty for the whole body"))
                        .must("detail", text()));
        all.put(
                "Problem",
                openObject()
                        .must("type", text().with("format", "uri-reference").says("Its page here"))
                        .must("title", text())
                        .must("status", integer(400, 599))
                        .must("detail", text())
                        .must("code", text().with("pattern", "^[a-z]+(-[a-z]+)*$"))
                        .must("traceId", text().with("pattern", "^[0-9a-f]{32}$"))
                        .may("errors", listOf(ref("FieldError")))
                        .may("parameter", text())
                        .may("account", ACCOUNT)
                        .may("version", VERSION)
                        .says("RFC 9457. Further members are the numbers of the rule."));
    }

    /// The problem with one of these codes.
    static Schema problem(List<String> codes) {
        return allOf(ref("Problem"), openObject().may("code", word(codes.toArray(String[]::new))));
    }

    private static Schema name() {
        return text().with("minLength", 1).with("maxLength", NAME_BYTES).with("pattern", NAME);
    }

    private static Schema free(int bytes) {
        return text().with("maxLength", bytes)
                .with("pattern", "^[^" + NO_CONTROLS + "]*$")
                .says("At most " + bytes + " bytes of UTF-8");
    }
}
