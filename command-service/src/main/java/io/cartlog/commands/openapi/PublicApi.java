package io.cartlog.commands.openapi;

import static io.cartlog.commands.openapi.Operation.content;
import static io.cartlog.commands.openapi.Operation.delete;
import static io.cartlog.commands.openapi.Operation.get;
import static io.cartlog.commands.openapi.Operation.post;
import static io.cartlog.commands.openapi.Operation.put;
import static io.cartlog.commands.openapi.Schema.text;

import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;

/// All operations of the API, commands and reads, as clients may rely on them.
final class PublicApi {
    static final String BEARER = "token";

    private static final String ACCOUNT = "/v1/accounts/{account}";
    private static final String CART = "Cart";
    private static final String COMMANDS = "Commands";
    private static final String PAST = "History";
    private static final String READS = "Reads";
    private static final String SHOP = "Shop";
    private static final String SITE = "Site";
    private static final String NDJSON = "application/x-ndjson";
    private static final String STREAM = MediaType.TEXT_EVENT_STREAM_VALUE;

    /// What everything that needs a token can say.
    private static final List<String> AT_THE_DOOR =
            List.of(
                    "bad-request",
                    "insufficient-scope",
                    "internal-error",
                    "not-acceptable",
                    "token-invalid",
                    "token-keys-unavailable",
                    "token-missing");

    private static final List<String> OF_COMMANDS =
            List.of(
                    "body-incomplete",
                    "body-too-large",
                    "command-id-reused",
                    "idempotency-key-invalid",
                    "idempotency-key-missing",
                    "invalid-fields",
                    "log-unavailable",
                    "malformed-json",
                    "too-many-in-flight",
                    "too-much-remembered",
                    "unsupported-media-type");
    private static final List<String> OF_CARTS =
            List.of(
                    "account-not-found",
                    "if-match-invalid",
                    "too-many-requests",
                    "version-conflict");
    private static final List<String> OF_READS =
            List.of("invalid-parameter", "read-model-unavailable", "views-unavailable");
    private static final List<String> OF_ACCOUNTS_READS =
            List.of(
                    "account-not-found",
                    "consistency-token-invalid",
                    "log-unavailable",
                    "read-model-behind");

    private static final List<String> MARKS =
            List.of(
                    "ETag",
                    "Cartlog-Consistency-Token",
                    "Idempotency-Key",
                    "Idempotent-Replayed",
                    "Cartlog-Trace-Id");
    private static final List<String> SHOWN =
            List.of(
                    "ETag",
                    "Cartlog-View-Version",
                    "Cartlog-View-Age",
                    "Cartlog-View-Parked",
                    "Cartlog-Trace-Id");

    private PublicApi() {}

    static List<Operation> operations() {
        return List.of(
                addItem(),
                items(),
                setQuantity(),
                removeItem(),
                saveForLater(),
                saveItem(),
                removeSaved(),
                moveToCart(),
                cart(),
                clear(),
                actions(),
                merge(),
                undo(),
                explain(),
                checkOut(),
                command(),
                events(),
                history(),
                orders(),
                order(),
                tillLine(),
                tillLines(),
                clicks(),
                invoice(),
                holders(),
                document(),
                problemPage());
    }

    private static Operation addItem() {
        return changed(posted(post(ACCOUNT + "/items")))
                .says(
                        CART,
                        "addItem",
                        "Add a product to the cart",
                        "What is there already sums up; the newest price and category hold.")
                .takes("AddItem", "AddItem")
                .refuses("quantity-above-limit", "too-many-lines");
    }

    private static Operation setQuantity() {
        return changed(mayBeNamed(put(ACCOUNT + "/items/{productId}")))
                .says(CART, "setQuantity", "Set a line's quantity", "Its price stays.")
                .takes("SetQuantity", "SetQuantity")
                .refuses("item-not-in-cart", "quantity-above-limit");
    }

    private static Operation removeItem() {
        return changed(mayBeNamed(delete(ACCOUNT + "/items/{productId}")))
                .says(CART, "removeItem", "Take a product out of the cart", "")
                .mayTake("WithoutFields", "WithoutFields")
                .refuses("item-not-in-cart");
    }

    private static Operation saveForLater() {
        return changed(posted(post(ACCOUNT + "/items/{productId}/save-for-later")))
                .says(
                        CART,
                        "saveForLater",
                        "Move a line from the cart to the saved list",
                        "It replaces what was saved of the product before.")
                .mayTake("WithoutFields", "WithoutFields")
                .refuses("item-not-in-cart", "too-many-lines");
    }

    private static Operation saveItem() {
        return changed(posted(post(ACCOUNT + "/saved")))
                .says(CART, "saveItem", "Save a product that is not in the cart", "")
                .takes("SaveItem", "SaveItem")
                .refuses("too-many-lines");
    }

    private static Operation removeSaved() {
        return changed(mayBeNamed(delete(ACCOUNT + "/saved/{productId}")))
                .says(CART, "removeSavedItem", "Forget a saved product", "")
                .mayTake("WithoutFields", "WithoutFields")
                .refuses("item-not-saved");
    }

    private static Operation moveToCart() {
        return changed(posted(post(ACCOUNT + "/saved/{productId}/move-to-cart")))
                .says(
                        CART,
                        "moveToCart",
                        "Move a saved product to the cart",
                        "Quantity and price are those given here, else those it was saved with,"
                                + " else 1 and unknown. It joins the cart's line by summing.")
                .mayTake("MoveToCart", "MoveToCart")
                .refuses("item-not-saved", "quantity-above-limit", "too-many-lines");
    }

    private static Operation clear() {
        return changed(mayBeNamed(delete(ACCOUNT + "/cart")))
                .says(CART, "clearCart", "Empty the cart", "The saved list stays.")
                .mayTake("WithoutFields", "WithoutFields");
    }

    private static Operation actions() {
        return changed(posted(post(ACCOUNT + "/cart/actions")))
                .says(
                        CART,
                        "act",
                        "Several actions, all or nothing",
                        "A refusal names the `action` by its index, and nothing has happened.")
                .takes("Actions", "Actions")
                .refuses(
                        "item-not-in-cart",
                        "item-not-saved",
                        "quantity-above-limit",
                        "too-many-lines");
    }

    private static Operation merge() {
        return changed(guarded(post(ACCOUNT + "/cart/merge")))
                .says(
                        CART,
                        "mergeCart",
                        "Merge a guest's cart into the account's",
                        "Lists of both are merged; `policy` says what becomes of a product that"
                                + " both have. A guest that has nothing is no error.")
                .takes("MergeCart", "MergeCart")
                .refuses("quantity-above-limit", "too-many-lines");
    }

    private static Operation undo() {
        return changed(posted(post(ACCOUNT + "/cart/undo")))
                .says(
                        CART,
                        "undo",
                        "Take the last merge or clear back",
                        "As long as nothing has happened since.")
                .mayTake("WithoutFields", "WithoutFields")
                .refuses("nothing-to-undo");
    }

    private static Operation checkOut() {
        return changed(guarded(post(ACCOUNT + "/checkout")), 201, "checked-out")
                .says(CART, "checkOut", "Buy the whole cart as one order", "")
                .mayTake("WithoutFields", "WithoutFields")
                .refuses("cart-empty", "price-unknown");
    }

    private static Operation command() {
        return ofAccount(get(ACCOUNT + "/commands/{commandId}"))
                .says(
                        COMMANDS,
                        "command",
                        "What became of a command",
                        "For those who did not wait for the answer. `answerStatus` is the status"
                                + " that the answer has, or would have had.")
                .answers(
                        200,
                        "Pending, applied or refused",
                        List.of("Retry-After", "Cartlog-Trace-Id"),
                        content(
                                MediaType.APPLICATION_JSON_VALUE,
                                Schema.ref("CommandResource"),
                                "applied",
                                "pending",
                                "refused"))
                .refuses(
                        "account-not-found",
                        "command-not-found",
                        "invalid-fields",
                        "log-unavailable",
                        "too-many-in-flight",
                        "too-many-requests");
    }

    private static Operation tillLine() {
        return recorded(post("/v1/events"))
                .with("Idempotency-Key", "Prefer-async")
                .says(
                        COMMANDS,
                        "recordPurchase",
                        "A line that a till has sold",
                        "Independent of the cart. A negative quantity came back.")
                .takes("RetailRow", "RetailRow")
                .answers(200, "Recorded", MARKS, json("TillAnswer", "recorded"))
                .answers(202, "Not yet recorded", List.of("Location", "Retry-After"), pending());
    }

    private static Operation tillLines() {
        return recorded(post("/v1/events/batch"))
                .says(
                        COMMANDS,
                        "batch",
                        "Many commands, a line of JSON each",
                        "At most 10,000 lines and 16 MB. Each line is as `contentSchema` says, and"
                                + " is answered by a line in the same place; a bad line never stops"
                                + " the others, and lines of one account are decided in their order.")
                .takes(true, lines("BatchLine", "batch"))
                .answers(
                        200,
                        "What became of each line",
                        List.of(),
                        lines("BatchOutcome", "outcomes"));
    }

    private static Operation clicks() {
        return post("/v1/clicks/batch")
                .needs("ops")
                .refuses(AT_THE_DOOR)
                .refuses(
                        "body-incomplete",
                        "body-too-large",
                        "too-many-in-flight",
                        "unsupported-media-type")
                .says(
                        SITE,
                        "clicks",
                        "What shoppers did on the site, a line of JSON for each click",
                        "At most 10,000 lines and 16 MB, answered by a line each; a bad line never"
                                + " stops the others. An answered click is in the log. A `clickId`"
                                + " names the click within its account: sent again, it counts once."
                                + " `commandId` is the idempotency key of the command that the"
                                + " click led to; a command `KEY/cart` belongs to a purchase `KEY`"
                                + " too.")
                .takes(true, lines("Click", "clicks"))
                .answers(
                        200,
                        "What became of each line",
                        List.of(),
                        lines("ClickOutcome", "click-outcomes"));
    }

    private static Map<String, Object> lines(String schema, String example) {
        Schema lines =
                text().with("contentMediaType", NDJSON).with("contentSchema", Schema.ref(schema));
        return content(NDJSON, lines, example);
    }

    private static Operation recorded(Operation operation) {
        return operation.needs("ops").refuses(AT_THE_DOOR).refuses(OF_COMMANDS);
    }

    private static Operation posted(Operation operation) {
        return named(operation.with("Idempotency-Key", "If-Match"));
    }

    private static Operation guarded(Operation operation) {
        return named(operation.with("Idempotency-Key", "If-Match-required"))
                .refuses("precondition-required");
    }

    private static Operation mayBeNamed(Operation operation) {
        return named(operation.with("Idempotency-Key-optional", "If-Match"));
    }

    private static Operation named(Operation operation) {
        return ofAccount(operation.with("Prefer-async")).refuses(OF_COMMANDS).refuses(OF_CARTS);
    }

    private static Operation changed(Operation operation) {
        return changed(operation, 200, "accepted");
    }

    private static Operation changed(Operation operation, int status, String example) {
        return operation
                .answers(status, "Accepted, and in the log", MARKS, json("CommandAnswer", example))
                .answers(202, "Not decided yet", List.of("Location", "Retry-After"), pending());
    }

    private static Map<String, Object> pending() {
        return json("CommandResource", "pending");
    }

    private static Map<String, Object> json(String schema, String... examples) {
        return content(MediaType.APPLICATION_JSON_VALUE, Schema.ref(schema), examples);
    }

    private static Operation items() {
        return readOfAccount(get(ACCOUNT + "/items"))
                .with("status", "limit", "cursor", "consumed")
                .says(READS, "items", "Lines by status, newest first", "")
                .answers(200, "A page", SHOWN, json("ItemPage", "items"))
                .refuses("cursor-invalid", "view-is-moving");
    }

    private static Operation cart() {
        return readOfAccount(get(ACCOUNT + "/cart"))
                .with("If-None-Match", "asOf", "consumed")
                .says(
                        READS,
                        "cart",
                        "The cart, now or as it was",
                        "With `asOf` it is folded out of the log, up to that version or moment.")
                .answers(200, "The cart", SHOWN, json("Cart", "cart"))
                .answers(304, "It still is the version that `If-None-Match` names", SHOWN, Map.of())
                .refuses("version-not-found", "view-is-moving");
    }

    private static Operation orders() {
        return readOfAccount(get(ACCOUNT + "/orders"))
                .with("limit", "cursor", "consumed")
                .says(READS, "orders", "Orders, newest first", "")
                .answers(200, "A page", SHOWN, json("OrderPage", "orders"))
                .refuses("cursor-invalid");
    }

    private static Operation order() {
        return readOfAccount(get(ACCOUNT + "/orders/{orderId}"))
                .with("consumed")
                .says(READS, "order", "All lines of an order, in its order", "")
                .answers(200, "The order", SHOWN, json("OrderLines", "order"))
                .refuses("order-not-found");
    }

    private static Operation history() {
        return readOfAccount(get(ACCOUNT + "/history"))
                .with("order", "limit", "cursor")
                .says(PAST, "history", "The account's events, page by page", "")
                .answers(200, "A page", SHOWN, json("EventPage", "history"))
                .refuses("cursor-invalid");
    }

    private static Operation explain() {
        return readOfAccount(get(ACCOUNT + "/cart/lines/{productId}/explain"))
                .says(PAST, "explain", "Which commands made a line of the cart what it is", "")
                .answers(200, "The line and its story", SHOWN, json("Explanation", "explanation"))
                .refuses("line-not-found");
    }

    private static Operation events() {
        return readOfAccount(get(ACCOUNT + "/events"))
                .with("Last-Event-ID", "after")
                .says(
                        PAST,
                        "events",
                        "The account's events as they happen",
                        "Server-sent events: `id` is the version, `event` the type, `data` the"
                                + " event. Goes on after `Last-Event-ID`, or else after `after`, or"
                                + " else with what happens from now on.")
                .answers(
                        200,
                        "A stream without an end",
                        List.of("Cartlog-Trace-Id"),
                        content(
                                STREAM,
                                text().with("contentMediaType", STREAM)
                                        .with("contentSchema", Schema.ref("Event")),
                                "stream"))
                .refuses("too-many-subscribers");
    }

    private static Operation invoice() {
        return read(get("/v1/invoices/{orderId}"))
                .needs("staff", "ops")
                .with("consumed")
                .says(SHOP, "invoice", "An invoice by its number, whoever bought", "")
                .answers(200, "The invoice", "OrderLines", "order")
                .refuses("invoice-not-found");
    }

    private static Operation holders() {
        return read(get("/v1/products/{productId}/accounts"))
                .needs("staff", "ops")
                .with("status", "from", "to", "limit", "cursor", "consumed")
                .says(SHOP, "holders", "Who has a product in the cart, saved or bought", "")
                .answers(200, "A page, newest first", "ItemPage", "items")
                .refuses("cursor-invalid");
    }

    private static Operation readOfAccount(Operation operation) {
        return ofAccount(read(operation.with("Cartlog-Consistency-Token", "Prefer-lenient")))
                .refuses(OF_ACCOUNTS_READS);
    }

    private static Operation read(Operation operation) {
        return operation.refuses(AT_THE_DOOR).refuses(OF_READS);
    }

    private static Operation ofAccount(Operation operation) {
        return operation.needs("cart", "ops").refuses(AT_THE_DOOR);
    }

    private static Operation document() {
        return get("/v1/openapi.json")
                .says("About", "document", "This document", "Needs no token.")
                .answers(
                        200,
                        "OpenAPI 3.1",
                        List.of(),
                        content(MediaType.APPLICATION_JSON_VALUE, Schema.openObject()))
                .refuses("bad-request");
    }

    private static Operation problemPage() {
        return get("/problems/{code}")
                .says("About", "problem", "The page of a problem", "Needs no token.")
                .answers(
                        200,
                        "What it means, why it happens, what to do",
                        List.of(),
                        content(MediaType.TEXT_HTML_VALUE, text()))
                .refuses("bad-request", "not-acceptable", "not-found");
    }
}
