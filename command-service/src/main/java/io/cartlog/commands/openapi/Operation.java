package io.cartlog.commands.openapi;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/// One method of one address: who may call it, what it takes, and everything that it answers with.
final class Operation {
    private static final Pattern VARIABLE = Pattern.compile("\\{([a-zA-Z]+)}");

    private static final Map<Integer, List<String>> HEADERS_OF_REFUSALS =
            Map.of(
                    401, List.of("WWW-Authenticate"),
                    403, List.of("WWW-Authenticate"),
                    429, List.of("Retry-After"),
                    503, List.of("Retry-After"));

    private final String method;
    private final String path;
    private final Map<String, Object> head = new LinkedHashMap<>();
    private final List<Map<String, Object>> parameters = new ArrayList<>();
    private final Map<String, Object> responses = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private List<String> scopes = List.of();
    private @Nullable Map<String, Object> body;

    private Operation(String method, String path) {
        this.method = method;
        this.path = path;
        VARIABLE.matcher(path).results().forEach(name -> with(name.group(1)));
    }

    static Operation get(String path) {
        return new Operation("get", path);
    }

    static Operation post(String path) {
        return new Operation("post", path);
    }

    static Operation put(String path) {
        return new Operation("put", path);
    }

    static Operation delete(String path) {
        return new Operation("delete", path);
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    /// @param id what generated clients call it
    Operation says(String tag, String id, String summary, String description) {
        head.put("tags", List.of(tag));
        head.put("operationId", id);
        head.put("summary", summary);
        if (!description.isEmpty()) {
            head.put("description", description);
        }
        return this;
    }

    /// For holders of a token with one of these scopes.
    Operation needs(String... oneOf) {
        scopes = List.of(oneOf);
        return this;
    }

    /// Further parameters, by their names among the components.
    Operation with(String... names) {
        Arrays.stream(names)
                .map(name -> Map.<String, Object>of("$ref", "#/components/parameters/" + name))
                .forEach(parameters::add);
        return this;
    }

    /// A body of JSON that must be there.
    Operation takes(String schema, String... examples) {
        return takes(true, content(MediaType.APPLICATION_JSON_VALUE, Schema.ref(schema), examples));
    }

    /// A body of JSON that may be there.
    Operation mayTake(String schema, String... examples) {
        return takes(
                false, content(MediaType.APPLICATION_JSON_VALUE, Schema.ref(schema), examples));
    }

    Operation takes(boolean required, Map<String, Object> content) {
        body = new LinkedHashMap<>();
        body.put("required", required);
        body.put("content", content);
        return this;
    }

    Operation answers(int status, String description, String schema, String... examples) {
        return answers(
                status,
                description,
                List.of(),
                content(MediaType.APPLICATION_JSON_VALUE, Schema.ref(schema), examples));
    }

    /// @param headers by their names among the components
    Operation answers(
            int status, String description, List<String> headers, Map<String, Object> content) {
        responses.put(Integer.toString(status), response(description, headers, content));
        return this;
    }

    private static Map<String, Object> response(
            String description, List<String> headers, Map<String, Object> content) {
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("description", description);
        if (!headers.isEmpty()) {
            Map<String, Object> named = new LinkedHashMap<>();
            headers.forEach(
                    name -> named.put(name, Map.of("$ref", "#/components/headers/" + name)));
            response.put("headers", named);
        }
        if (!content.isEmpty()) {
            response.put("content", content);
        }
        return response;
    }

    /// @param examples by their names among the components
    static Map<String, Object> content(String type, Schema schema, String... examples) {
        Map<String, Object> media = new LinkedHashMap<>();
        media.put("schema", schema);
        if (examples.length > 0) {
            Map<String, Object> named = new LinkedHashMap<>();
            for (String name : examples) {
                named.put(name, Map.of("$ref", "#/components/examples/" + name));
            }
            media.put("examples", named);
        }
        return Map.of(type, media);
    }

    /// Problems that it can answer with.
    Operation refuses(List<String> codes) {
        problems.addAll(codes);
        return this;
    }

    Operation refuses(String... codes) {
        return refuses(List.of(codes));
    }

    /// As the document has it.
    Map<String, Object> json(Catalogue catalogue) {
        Map<String, Object> json = new LinkedHashMap<>(head);
        json.put(
                "security",
                scopes.stream().map(scope -> Map.of(PublicApi.BEARER, List.of(scope))).toList());
        if (!parameters.isEmpty()) {
            json.put("parameters", parameters);
        }
        if (body != null) {
            json.put("requestBody", body);
        }
        json.put("responses", responses(catalogue));
        return json;
    }

    private Map<String, Object> responses(Catalogue catalogue) {
        Map<String, Object> all = new TreeMap<>(responses);
        problems.stream()
                .distinct()
                .sorted()
                .map(catalogue::of)
                .collect(groupingBy(Catalogue.Entry::status))
                .forEach((status, entries) ->
                        all.put(Integer.toString(status), refusal(status, entries)));
        return all;
    }

    private static Map<String, Object> refusal(int status, List<Catalogue.Entry> entries) {
        List<String> codes = entries.stream().map(Catalogue.Entry::code).toList();
        return response(
                codes.stream().map(code -> "`" + code + "`").collect(joining(", ")),
                HEADERS_OF_REFUSALS.getOrDefault(status, List.of()),
                content(
                        MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                        Shapes.problem(codes),
                        codes.toArray(String[]::new)));
    }
}
