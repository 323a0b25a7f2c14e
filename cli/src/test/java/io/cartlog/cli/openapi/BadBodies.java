package io.cartlog.cli.openapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;

import io.cartlog.cli.openapi.BadRequests.Bad;
import io.cartlog.cli.openapi.OpenApi.Operation;
import io.cartlog.cli.terminal.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Bodies that are no JSON, too large, or not what their schema says.
final class BadBodies {
    private static final Set<String> NOT_AS_THE_SCHEMA = Set.of("invalid-fields", "malformed-json");
    private static final Set<String> OF_LINES =
            BadRequests.set(
                    NOT_AS_THE_SCHEMA, "idempotency-key-invalid", "idempotency-key-missing");
    private static final int MEGABYTE = 1 << 20;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /// Some are good here and there: then they are not sent.
    private static final List<JsonNode> VALUES =
            Stream.<JsonNode>concat(
                            Stream.<JsonNode>of(
                                    JSON.nullNode(),
                                    JSON.booleanNode(true),
                                    JSON.numberNode(0),
                                    JSON.numberNode(-1),
                                    JSON.numberNode(7),
                                    JSON.numberNode(1.5),
                                    JSON.numberNode(2_147_483_648L),
                                    JSON.arrayNode(),
                                    JSON.arrayNode().add(1),
                                    JSON.objectNode(),
                                    JSON.objectNode().put("a", 1)),
                            Stream.of(
                                            "",
                                            " ",
                                            "x",
                                            "P#1",
                                            "a".repeat(41),
                                            "a".repeat(61),
                                            "a".repeat(121),
                                            "a".repeat(5_000),
                                            "\u0000",
                                            "a\u001fb",
                                            "\u0085",
                                            "199,99",
                                            "1e3",
                                            "+5",
                                            "-1",
                                            "\u0665",
                                            "1.23456",
                                            ".5",
                                            "5.",
                                            "0x10",
                                            "NaN",
                                            "Infinity",
                                            "SUM",
                                            "sum ",
                                            "AddItem ",
                                            "NoSuchCommand",
                                            "guest",
                                            "17850",
                                            "yesterday",
                                            "2026-13-01T00:00:00Z",
                                            "2026-01-02",
                                            "2026-01-02T03:04:05",
                                            "12/1/2010 8:26")
                                    .map(JSON::stringNode))
                    .toList();

    /// Where a value goes into a text of JSON that is none.
    private static final List<String> NO_VALUES =
            List.of(
                    "NaN",
                    "-Infinity",
                    "01",
                    "1.",
                    ".5",
                    "+1",
                    "0x10",
                    "1e",
                    "'a'",
                    "\"\\x41\"",
                    "undefined",
                    "\"\\ud8\"",
                    "tru",
                    "\"a\tb\"",
                    "/* */1",
                    "1//",
                    "",
                    "9".repeat(2_000),
                    "1e99999999999",
                    "[".repeat(20) + "]".repeat(20),
                    "[".repeat(5_000),
                    "{\"a\":".repeat(30) + "1" + "}".repeat(30),
                    "\"\u00ff\"",
                    "\"\u00ed\u00a0\u0080\"",
                    "\"\u00c0\u0080\"",
                    "\"\u00f0\u009f\"",
                    "\u00f0\u009f\u0098\u0080");

    /// Numbers of JSON, and yet no number of anything.
    private static final List<String> NO_NUMBERS =
            List.of(
                    "1e30",
                    "-1e30",
                    "1e999",
                    "-1e999",
                    "1e-999",
                    "1e99999999999",
                    "1e-99999999999",
                    "9".repeat(30),
                    "0.1",
                    "-0.5e-7");

    private static final List<String> NO_OBJECTS =
            List.of(
                    "null",
                    "true",
                    "42",
                    "\"text\"",
                    "[]",
                    "[{}]",
                    "{",
                    "}",
                    "{\"a\"}",
                    "{a:1}",
                    "{\"a\":1,}",
                    "{,}",
                    "{}{}",
                    "{}x",
                    "\u0000",
                    "<a/>",
                    "a=b",
                    "\u00ef\u00bb\u00bf{}");

    private final OpenApi document;

    BadBodies(OpenApi document) {
        this.document = document;
    }

    Call good(Operation operation, Call call) {
        return json(operation, call, example(operation, new Random(0)));
    }

    private static Call json(Operation operation, Call call, JsonNode body) {
        return call.with("Content-Type", operation.bodyType()).withBody(Json.line(body));
    }

    /// Of a batch: one of its lines.
    private JsonNode example(Operation operation, Random random) {
        JsonNode example = document.bodyExample(operation);
        if (!operation.isBatch()) {
            return example.deepCopy();
        }
        List<String> lines = example.asString().lines().toList();
        return Json.MAPPER.readTree(lines.get(random.nextInt(lines.size())));
    }

    /// With a value, a member too many or a member too few, so that it is not as its schema says.
    ///
    /// @return null if it is good after all
    @Nullable Bad value(Operation operation, Call good, Random random) {
        JsonNode body = example(operation, random);
        List<JsonNode> places = new ArrayList<>();
        collect(body, places);
        String flaw = change(places.get(random.nextInt(places.size())), random);
        return document.errors(operation.bodySchema(), body).isEmpty()
                ? null
                : refused(operation, flaw, json(operation, good, body), NOT_AS_THE_SCHEMA);
    }

    /// Objects and arrays that are not empty.
    private static void collect(JsonNode node, List<JsonNode> places) {
        if (node.isContainer() && !node.isEmpty()) {
            places.add(node);
            node.forEach(child -> collect(child, places));
        }
    }

    private static String change(JsonNode place, Random random) {
        JsonNode value = VALUES.get(random.nextInt(VALUES.size()));
        String shown = Json.line(value);
        String brief = shown.substring(0, Math.min(20, shown.length()));
        if (place instanceof ArrayNode array) {
            return change(array, value, brief, random);
        }
        ObjectNode object = (ObjectNode) place;
        List<String> names = List.copyOf(object.propertyNames());
        String name = names.get(random.nextInt(names.size()));
        return switch (random.nextInt(4)) {
            case 0 -> {
                object.remove(name);
                yield "no " + name;
            }
            case 1 -> {
                String unknown =
                        List.of(
                                        "surplus",
                                        "__proto__",
                                        "",
                                        "a/b~c",
                                        name + " ",
                                        "\u00e9",
                                        "version")
                                .get(random.nextInt(7));
                object.set(unknown, value);
                yield "a member " + unknown;
            }
            default -> {
                object.set(name, value);
                yield name + "=" + brief;
            }
        };
    }

    private static String change(ArrayNode array, JsonNode value, String brief, Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> {
                array.removeAll();
                yield "empty array";
            }
            case 1 -> {
                JsonNode first = array.get(0);
                IntStream.range(0, 101).forEach(_ -> array.add(first.deepCopy()));
                yield "long array";
            }
            default -> {
                array.set(random.nextInt(array.size()), value);
                yield "element " + brief;
            }
        };
    }

    /// No JSON, or no object.
    Bad text(Operation operation, Call good, Random random) {
        String object = Json.line(example(operation, random));
        String none =
                switch (random.nextInt(10)) {
                    case 0 -> object.substring(0, 1 + random.nextInt(object.length() - 1));
                    case 1 -> NO_OBJECTS.get(random.nextInt(NO_OBJECTS.size()));
                    case 2 -> object.replaceFirst("\\{(\"[^\"]+\":)", "{$1null,$1");
                    case 3 -> object.replace(':', '=');
                    case 4 -> new String(object.getBytes(UTF_16BE), ISO_8859_1);
                    case 5 -> "{\"a\\ud800\":1," + object.substring(1);
                    case 6 -> instead(object, ":\"[^\"]*\"", "\"a\\ud800\"");
                    case 7 ->
                            instead(
                                    object,
                                    ":[0-9.]+",
                                    NO_NUMBERS.get(random.nextInt(NO_NUMBERS.size())));
                    default ->
                            "{\"a\":"
                                    + NO_VALUES.get(random.nextInt(NO_VALUES.size()))
                                    + ","
                                    + object.substring(1);
                };
        Call call = good.with("Content-Type", operation.bodyType()).withBytes(none);
        return refused(operation, "text", call, NOT_AS_THE_SCHEMA);
    }

    /// With another value in the first place that is like this, if there is one.
    private static String instead(String object, String place, String value) {
        String changed = object.replaceFirst(place, Matcher.quoteReplacement(":" + value));
        return changed.equals(object) ? value : changed;
    }

    /// Too large, or not all there.
    Bad size(Operation operation, Call good, Random random) {
        Call call = good(operation, good);
        return switch (random.nextInt(10)) {
            case 0 ->
                    new Bad(
                            operation,
                            "too large",
                            tooLarge(operation, call),
                            Set.of("body-too-large"),
                            true);
            case 1, 2, 3, 4, 5 ->
                    new Bad(operation, "cut off", call.cut(), Set.of("body-incomplete"), true);
            default ->
                    new Bad(
                            operation,
                            "chunks that are none",
                            call.with("Transfer-Encoding", "chunked").withBytes("zz\r\n\r\n"),
                            Set.of("body-incomplete"),
                            true);
        };
    }

    private static Call tooLarge(Operation operation, Call call) {
        return call.withBytes(
                operation.isBatch()
                        ? IntStream.rangeClosed(0, 10_000)
                                .mapToObj(_ -> "{}")
                                .collect(Collectors.joining("\n"))
                        : "{" + " ".repeat(MEGABYTE) + "}");
    }

    private static Bad refused(Operation operation, String flaw, Call call, Set<String> codes) {
        return new Bad(operation, flaw, call, operation.isBatch() ? OF_LINES : codes, true);
    }
}
