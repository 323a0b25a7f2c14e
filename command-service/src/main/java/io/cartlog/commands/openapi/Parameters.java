package io.cartlog.commands.openapi;

import static io.cartlog.commands.openapi.Schema.anyOf;
import static io.cartlog.commands.openapi.Schema.flag;
import static io.cartlog.commands.openapi.Schema.integer;
import static io.cartlog.commands.openapi.Schema.text;
import static io.cartlog.commands.openapi.Schema.word;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Parameters of requests and headers of answers, by the names under which operations refer to
/// them.
final class Parameters {
    private static final String TAG = "^\"[0-9]{1,18}\"$";
    private static final String VERSION_TEXT = "^[0-9]{1,18}$";
    private static final String CONSISTENCY_TOKEN = "Cartlog-Consistency-Token";
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final String IF_MATCH = "If-Match";
    private static final String PREFER = "Prefer";

    private Parameters() {}

    static Map<String, Object> all() {
        Map<String, Object> all = new LinkedHashMap<>();
        putPath(all);
        putQuery(all);
        putHeaders(all);
        return all;
    }

    private static void putPath(Map<String, Object> all) {
        all.put("account", path("account", Shapes.ACCOUNT));
        all.put("productId", path("productId", Shapes.PRODUCT));
        all.put("orderId", path("orderId", Shapes.ORDER));
        all.put("commandId", path("commandId", Shapes.COMMAND));
        all.put("code", path("code", text().example("cart-empty")));
    }

    private static void putQuery(Map<String, Object> all) {
        all.put(
                "status",
                parameter(
                        "query",
                        "status",
                        true,
                        "Where the lines are",
                        word("ACTIVE", "SAVED", "PURCHASED").example("ACTIVE")));
        all.put("limit", query("limit", "Of lines on a page", integer(1, 100).with("default", 25)));
        all.put(
                "cursor",
                query(
                        "cursor",
                        "`nextCursor` of the page before. Signed, and good for this list only.",
                        text().with("pattern", "^[A-Za-z0-9_-]+$")));
        all.put(
                "consumed",
                query("consumed", "Tell what the read has cost", flag().with("default", false)));
        all.put(
                "order",
                query(
                        "order",
                        "Which events come first",
                        word("newest", "oldest").with("default", "newest")));
        all.put(
                "asOf",
                query(
                        "asOf",
                        "A version, or a moment of log time",
                        anyOf(text().with("pattern", VERSION_TEXT), Shapes.TIME).example("7")));
        all.put("from", query("from", "The first day, or moment, UTC", moment("2011-12-01")));
        all.put(
                "to",
                query("to", "The day, or moment, before which it ends", moment("2011-12-10")));
        all.put(
                "after",
                query("after", "A version to go on after", text().with("pattern", VERSION_TEXT)));
    }

    private static Schema moment(String example) {
        return anyOf(text().with("format", "date"), Shapes.TIME).example(example);
    }

    private static void putHeaders(Map<String, Object> all) {
        String key = "Names the command: the same wish, the same key, however often it is sent.";
        all.put(IDEMPOTENCY_KEY, header(IDEMPOTENCY_KEY, true, key, Shapes.KEY));
        all.put(
                IDEMPOTENCY_KEY + "-optional",
                header(
                        IDEMPOTENCY_KEY,
                        false,
                        key + " Without one a fresh one is drawn.",
                        Shapes.KEY));
        Schema tag = text().with("pattern", TAG + "|^\\*$").example("*");
        String seen = "The `ETag` of what was seen last, or `*` if that does not matter.";
        all.put(IF_MATCH, header(IF_MATCH, false, seen, tag));
        all.put(IF_MATCH + "-required", header(IF_MATCH, true, seen, tag));
        all.put(
                PREFER + "-async",
                header(
                        PREFER,
                        false,
                        "`respond-async` does not wait for the decision, `respond-async, wait=5`"
                                + " five seconds.",
                        text()));
        all.put(
                PREFER + "-lenient",
                header(
                        PREFER,
                        false,
                        "`handling=lenient` takes an older view rather than none.",
                        text()));
        all.put(
                CONSISTENCY_TOKEN,
                header(
                        CONSISTENCY_TOKEN,
                        false,
                        "That of one's last command: the answer has that command in it.",
                        text().with("pattern", "^[A-Za-z0-9_-]+$")));
        all.put(
                "If-None-Match",
                header(
                        "If-None-Match",
                        false,
                        "`ETag`s that one has already",
                        text().example("\"6\"")));
        all.put(
                "Last-Event-ID",
                header(
                        "Last-Event-ID",
                        false,
                        "`id` of the last event that has come",
                        text().with("pattern", VERSION_TEXT)));
    }

    /// Headers of answers.
    static Map<String, Object> ofAnswers() {
        Map<String, Object> all = new LinkedHashMap<>();
        Schema tag = text().with("pattern", TAG).example("\"7\"");
        Schema seconds = text().with("pattern", "^[0-9]+$");
        put(all, "ETag", "The account's version, or the one that is shown", tag);
        put(all, CONSISTENCY_TOKEN, "Proves the version to reads", text());
        put(all, IDEMPOTENCY_KEY, "The command's", Shapes.COMMAND);
        put(all, "Idempotent-Replayed", "`true` for an answer that was given before", word("true"));
        put(all, "Cartlog-Trace-Id", "Finds the request in logs", text());
        put(all, "Cartlog-View-Version", "The version that is shown", seconds);
        put(
                all,
                "Cartlog-View-Age",
                "For how many seconds there has been something newer",
                seconds);
        put(
                all,
                "Cartlog-View-Parked",
                "Since when the account waits for a record that cannot be applied; absent if it does"
                        + " not",
                text().with("format", "date-time"));
        put(all, "Location", "Where to ask what became of the command", text());
        put(all, "Retry-After", "Seconds", seconds);
        put(all, "WWW-Authenticate", "What is wrong with the token, as RFC 6750 has it", text());
        return all;
    }

    private static void put(
            Map<String, Object> all, String name, String description, Schema schema) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("description", description);
        header.put("schema", schema);
        all.put(name, header);
    }

    private static Object path(String name, Schema schema) {
        return parameter("path", name, true, "", schema);
    }

    private static Object query(String name, String description, Schema schema) {
        return parameter("query", name, false, description, schema);
    }

    private static Object header(String name, boolean required, String description, Schema schema) {
        return parameter("header", name, required, description, schema);
    }

    private static Object parameter(
            String in, String name, boolean required, String description, Schema schema) {
        Map<String, Object> parameter = new LinkedHashMap<>();
        parameter.put("name", name);
        parameter.put("in", in);
        parameter.put("required", required);
        if (!description.isEmpty()) {
            parameter.put("description", description);
        }
        parameter.put("schema", schema);
        if (required && schema.keywords().get("examples") instanceof List<?> examples) {
            // Swagger UI begins with it.
            parameter.put("example", examples.getFirst());
        }
        return parameter;
    }
}
