package io.cartlog.commands.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The OpenAPI 3.1 document: operations ([PublicApi]), the shapes of bodies ([Shapes]) and the
/// problems of the catalogue, put together. The same bytes each time.
public final class ApiDocument {
    private static final String EXAMPLES = "examples.json";
    private static final String ABOUT =
            """
            Commands and reads of a shop's cart. A command is answered once it is in the log; views \
            follow by milliseconds, and a read that sends the `Cartlog-Consistency-Token` of a \
            command shows it.

            Paste what `./cartlog token --account 10000002` prints to try it out; `--scope staff` \
            and `--scope ops` for the rest. Errors are `application/problem+json`: branch on \
            `code`; `type` is the address of its page. Every request may carry a W3C `traceparent`.\
            """;

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .disable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .defaultPrettyPrinter(
                            new DefaultPrettyPrinter()
                                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                                    .withArrayIndenter(new DefaultIndenter("  ", "\n")))
                    .build();

    /// Numbers that explain a problem, where a client has a use for them.
    private static final Map<String, Map<String, ?>> NUMBERS =
            Map.of(
                    "invalid-fields",
                    Map.of(
                            "errors",
                            List.of(
                                    ordered(
                                            "pointer",
                                            "/quantity",
                                            "detail",
                                            "must be at least 1"))),
                    "invalid-parameter",
                    Map.of("parameter", "limit"),
                    "item-not-in-cart",
                    ordered("account", "10000002", "version", 7, "productId", "P-1001"),
                    "read-model-behind",
                    ordered("version", 6, "wanted", 7));

    private ApiDocument() {}

    /// In JSON, for people to read, with a line's end at the end.
    public static byte[] bytes() {
        return (MAPPER.writeValueAsString(document(Catalogue.ofPages())) + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> document(Catalogue catalogue) {
        return ordered(
                "openapi",
                "3.1.0",
                "info",
                ordered("title", "Cartlog", "version", "1", "description", ABOUT),
                "servers",
                List.of(Map.of("url", "/")),
                "paths",
                paths(catalogue),
                "components",
                ordered(
                        "schemas",
                        Shapes.all(),
                        "parameters",
                        Parameters.all(),
                        "headers",
                        Parameters.ofAnswers(),
                        "examples",
                        examples(catalogue),
                        "securitySchemes",
                        Map.of(PublicApi.BEARER, bearer())));
    }

    private static Map<String, Object> paths(Catalogue catalogue) {
        Map<String, Object> paths = new LinkedHashMap<>();
        Map<String, Map<String, Object>> methods = new LinkedHashMap<>();
        for (Operation operation : PublicApi.operations()) {
            methods.computeIfAbsent(operation.path(), _ -> new LinkedHashMap<>())
                    .put(operation.method(), operation.json(catalogue));
        }
        paths.putAll(methods);
        return paths;
    }

    private static Map<String, Object> examples(Catalogue catalogue) {
        Map<String, Object> examples = new LinkedHashMap<>();
        try (InputStream file = ApiDocument.class.getResourceAsStream(EXAMPLES)) {
            JsonNode written = MAPPER.readTree(Objects.requireNonNull(file));
            written.properties()
                    .forEach(it -> examples.put(it.getKey(), Map.of("value", it.getValue())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (String code : catalogue.entries().keySet()) {
            Map<String, ?> numbers = NUMBERS.getOrDefault(code, Map.of());
            examples.put(code, Map.of("value", catalogue.example(code, numbers)));
        }
        return examples;
    }

    private static Map<String, Object> bearer() {
        return ordered(
                "type",
                "http",
                "scheme",
                "bearer",
                "bearerFormat",
                "JWT",
                "description",
                "A JWT access token. Scope `cart` is for the account that it names, `staff` for"
                        + " invoices and products, `ops` for everything.");
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return members;
    }
}
