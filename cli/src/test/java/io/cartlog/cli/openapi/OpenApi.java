package io.cartlog.cli.openapi;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.cartlog.cli.terminal.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The OpenAPI document, as a client reads it.
public final class OpenApi {
    private final JsonNode document;
    private final SchemaRegistry registry =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

    public OpenApi(byte[] document) {
        this.document = Json.MAPPER.readTree(new String(document, StandardCharsets.UTF_8));
    }

    /// @param in `path`, `query` or `header`
    public record Parameter(String name, String in, boolean required, JsonNode schema) {
        /// One that is good.
        String example() {
            JsonNode example = schema.path("examples").path(0);
            return example.isMissingNode() ? schema.at("/enum/0").asString() : example.asString();
        }
    }

    /// @param method in upper case
    public record Operation(String id, String method, String path, JsonNode json) {
        List<String> scopes() {
            return json.get("security").values().stream()
                    .map(way -> way.get("token").get(0).asString())
                    .toList();
        }

        boolean takesBody() {
            return json.has("requestBody");
        }

        boolean needsBody() {
            return json.at("/requestBody/required").asBoolean(false);
        }

        String bodyType() {
            return json.at("/requestBody/content").propertyNames().iterator().next();
        }

        /// Of the body, or of a line of it.
        JsonNode bodySchema() {
            JsonNode schema = json.at("/requestBody/content").get(bodyType()).get("schema");
            return schema.has("contentSchema") ? schema.get("contentSchema") : schema;
        }

        /// Whether its body is many requests, each with an answer of its own.
        public boolean isBatch() {
            return takesBody() && bodyType().equals("application/x-ndjson");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    public List<Operation> operations() {
        return document.get("paths").properties().stream()
                .flatMap(path ->
                        path.getValue().properties().stream()
                                .map(it ->
                                        new Operation(
                                                it.getValue().get("operationId").asString(),
                                                it.getKey().toUpperCase(Locale.ROOT),
                                                path.getKey(),
                                                it.getValue())))
                .toList();
    }

    List<Parameter> parameters(Operation operation) {
        return StreamSupport.stream(operation.json().path("parameters").spliterator(), false)
                .map(this::resolved)
                .map(it ->
                        new Parameter(
                                it.get("name").asString(),
                                it.get("in").asString(),
                                it.get("required").asBoolean(),
                                it.get("schema")))
                .toList();
    }

    /// The first example of the body.
    JsonNode bodyExample(Operation operation) {
        return example(operation.json().at("/requestBody/content").get(operation.bodyType()));
    }

    private JsonNode example(JsonNode media) {
        return resolved(media.get("examples").iterator().next()).get("value");
    }

    JsonNode resolved(JsonNode node) {
        return node.path("$ref").isString()
                ? document.at(node.get("$ref").asString().substring(1))
                : node;
    }

    /// The schema of an answer, null if there is no such answer; missing if that has no body.
    public @Nullable JsonNode answerSchema(Operation operation, int status) {
        JsonNode answer = operation.json().get("responses").get(Integer.toString(status));
        if (answer == null) {
            return null;
        }
        JsonNode content = answer.path("content");
        return content.isEmpty() ? content.path("none") : content.iterator().next().get("schema");
    }

    /// The schema of the components of this name.
    public JsonNode schema(String name) {
        return document.at("/components/schemas/" + name);
    }

    /// What is wrong with a value; nothing if it is one of the schema.
    public List<String> errors(JsonNode schema, JsonNode value) {
        return schemas
                .computeIfAbsent(schema, this::compiled)
                .validate(
                        value,
                        context ->
                                context.executionConfig(
                                        config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Object::toString)
                .toList();
    }

    private Schema compiled(JsonNode schema) {
        ObjectNode whole = ((ObjectNode) schema).deepCopy();
        whole.set("components", document.get("components"));
        return registry.getSchema(whole);
    }
}
