package io.cartlog.commands.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The document is what is committed, says who may call what as the security matrix has it, and its
/// examples are examples. `-Dcartlog.write-openapi=true` writes it anew.
class ApiDocumentTest {
    private static final Path COMMITTED = Path.of("..", "docs", "openapi.json");
    private static final Path MATRIX = Path.of("..", "docs", "security-matrix.md");
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final JsonNode DOCUMENT = MAPPER.readTree(ApiDocument.bytes());
    private static final SchemaRegistry SCHEMAS =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    /// What the one public address has besides: for those who run it, and these pages themselves.
    private static final Set<String> NOT_DESCRIBED =
            Set.of("/actuator", "/error", "/ping", "/swagger-ui");

    @Test
    void what_is_committed_is_what_is_served() throws IOException {
        if (Boolean.getBoolean("cartlog.write-openapi")) {
            Files.write(COMMITTED, ApiDocument.bytes());
        }
        assertThat(new String(ApiDocument.bytes(), UTF_8)).isEqualTo(Files.readString(COMMITTED));
    }

    /// The matrix is made of the handlers that both services really have.
    @Test
    void every_handler_of_both_services_is_there_for_whom_it_lets_in_and_nothing_else()
            throws IOException {
        Map<String, Set<String>> described = new TreeMap<>();
        operations().forEach(it -> described.put(it.toString(), it.scopes()));

        assertThat(described).isEqualTo(matrix());
    }

    private static Map<String, Set<String>> matrix() throws IOException {
        String text = Files.readString(MATRIX);
        List<String> table = text.substring(text.indexOf("## command-service")).lines().toList();
        List<String> columns = cells(table.get(2));
        Map<String, Set<String>> rows = new TreeMap<>();
        for (String line : table) {
            List<String> cells = cells(line);
            if (line.startsWith("| `") && NOT_DESCRIBED.stream().noneMatch(line::contains)) {
                Set<String> scopes = new TreeSet<>();
                if (!cells.get(columns.indexOf("no token")).equals("yes")) {
                    addIfLetIn("cart", cells.get(columns.indexOf("cart, own")), scopes);
                    addIfLetIn("staff", cells.get(columns.indexOf("staff")), scopes);
                    addIfLetIn("ops", cells.get(columns.indexOf("ops")), scopes);
                }
                rows.put(cells.get(1).replace("`", ""), scopes);
            }
        }
        return rows;
    }

    private static void addIfLetIn(String scope, String cell, Set<String> scopes) {
        if (cell.equals("yes")) {
            scopes.add(scope);
        }
    }

    private static List<String> cells(String row) {
        return Arrays.stream(row.split("\\|", -1)).map(String::strip).toList();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void every_problem_of_an_operation_has_a_page_and_the_status_of_its_page(Described operation)
            throws IOException {
        for (Map.Entry<String, JsonNode> answer : operation.json().get("responses").properties()) {
            JsonNode problem = answer.getValue().at("/content/application~1problem+json");
            if (answer.getKey().compareTo("400") < 0) {
                assertThat(problem.isMissingNode()).isTrue();
                continue;
            }
            JsonNode codes = problem.at("/schema/allOf/1/properties/code/enum");
            assertThat(codes).isNotEmpty();
            for (JsonNode code : codes) {
                String page =
                        Files.readString(
                                Path.of("..", "docs", "problems", code.asString() + ".md"));
                assertThat(page).contains("with status " + answer.getKey() + ".");
                assertThat(problem.at("/examples").has(code.asString())).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void an_operation_has_a_name_of_its_own_an_answer_and_examples(Described operation) {
        JsonNode json = operation.json();
        assertThat(operations().map(it -> it.json().get("operationId").asString()))
                .containsOnlyOnce(json.get("operationId").asString());
        assertThat(json.get("responses").propertyNames())
                .anyMatch(status -> status.startsWith("2"));
        List<JsonNode> media = new ArrayList<>(json.at("/requestBody/content").values());
        json.get("responses").forEach(answer -> media.addAll(answer.path("content").values()));
        if (operation.path().startsWith("/v1/") && !operation.path().endsWith(".json")) {
            assertThat(media)
                    .isNotEmpty()
                    .allSatisfy(it -> assertThat(it.get("examples")).isNotEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("media")
    void every_example_is_one_of_its_schema(JsonNode media) {
        for (JsonNode example : media.get("examples")) {
            JsonNode value = resolved(example).get("value");
            JsonNode schema = media.get("schema");
            assertValid(schema, value);
            if (schema.has("contentSchema")) {
                assertThat(lines(value)).isNotEmpty();
                lines(value).forEach(line -> assertValid(schema.get("contentSchema"), line));
            }
        }
    }

    /// Of NDJSON, and of server-sent events.
    private static List<JsonNode> lines(JsonNode text) {
        return text.asString()
                .lines()
                .map(line -> line.replaceFirst("^data: ", ""))
                .filter(line -> line.startsWith("{"))
                .map(MAPPER::readTree)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("schemasWithExamples")
    void every_example_within_a_schema_is_one_of_it(JsonNode schema) {
        schema.get("examples").forEach(example -> assertValid(schema, example));
    }

    @Test
    void every_parameter_that_must_be_there_has_an_example() {
        List<JsonNode> required =
                all(DOCUMENT)
                        .filter(node -> node.has("in") && node.path("required").asBoolean(false))
                        .toList();
        assertThat(required)
                .isNotEmpty()
                .allSatisfy(it -> assertValid(it.get("schema"), it.get("example")));
    }

    @Test
    void every_reference_leads_somewhere_and_nothing_is_left_over() {
        Set<String> targets = new TreeSet<>();
        all(DOCUMENT)
                .filter(node -> node.path("$ref").isString())
                .forEach(node -> targets.add(node.get("$ref").asString()));
        assertThat(targets)
                .isNotEmpty()
                .allSatisfy(
                        to -> assertThat(DOCUMENT.at(to.substring(1)).isMissingNode()).isFalse());
        for (String kind : List.of("schemas", "parameters", "headers")) {
            for (String name : DOCUMENT.at("/components/" + kind).propertyNames()) {
                assertThat(targets).contains("#/components/" + kind + "/" + name);
            }
        }
    }

    record Described(String method, String path, JsonNode json) {
        Set<String> scopes() {
            Set<String> scopes = new TreeSet<>();
            for (JsonNode way : json.get("security")) {
                way.get("token").forEach(scope -> scopes.add(scope.asString()));
            }
            return scopes;
        }

        @Override
        public String toString() {
            return method.toUpperCase(Locale.ROOT) + " " + path;
        }
    }

    static Stream<Described> operations() {
        return DOCUMENT.get("paths").properties().stream()
                .flatMap(path ->
                        path.getValue().properties().stream()
                                .map(it ->
                                        new Described(it.getKey(), path.getKey(), it.getValue())));
    }

    static Stream<JsonNode> media() {
        return all(DOCUMENT).filter(node -> node.has("schema") && node.path("examples").isObject());
    }

    static Stream<JsonNode> schemasWithExamples() {
        return all(DOCUMENT).filter(node -> node.path("examples").isArray());
    }

    private static Stream<JsonNode> all(JsonNode node) {
        return Stream.concat(Stream.of(node), node.values().stream().flatMap(ApiDocumentTest::all));
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? DOCUMENT.at(node.get("$ref").asString().substring(1)) : node;
    }

    private static void assertValid(JsonNode schema, JsonNode value) {
        ObjectNode whole = ((ObjectNode) schema).deepCopy();
        whole.set("components", DOCUMENT.get("components"));
        assertThat(
                        SCHEMAS.getSchema(whole)
                                .validate(
                                        value,
                                        context ->
                                                context.executionConfig(config ->
                                                        config.formatAssertionsEnabled(true))))
                .as(value.toString())
                .isEmpty();
    }
}
