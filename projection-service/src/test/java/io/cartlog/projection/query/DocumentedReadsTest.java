package io.cartlog.projection.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The OpenAPI document, which command-service makes and serves, says of reads what they are.
class DocumentedReadsTest {
    private static final JsonNode DOCUMENT =
            new JsonMapper().readTree(Path.of("..", "docs", "openapi.json").toFile());

    /// Those that handlers read out of all headers.
    private static final Set<String> READ_BY_HAND =
            Set.of("header Cartlog-Consistency-Token", "header If-None-Match", "header Prefer");

    private static final Map<Class<?>, String> SHAPES =
            Map.of(
                    Answers.Item.class, "Item",
                    Answers.CartLine.class, "CartItem",
                    Answers.Cart.class, "Cart",
                    Answers.Order.class, "Order",
                    Answers.OrderLines.class, "OrderLines",
                    HistoryQueries.Explained.class, "ExplainedStep",
                    HistoryQueries.Explanation.class, "Explanation");

    @Test
    void every_parameter_of_a_read_is_documented_and_no_other() {
        Map<String, Set<String>> handled = new TreeMap<>();
        Stream.of(AccountQueries.class, HistoryQueries.class, LiveQueries.class, ShopQueries.class)
                .flatMap(queries -> Stream.of(queries.getDeclaredMethods()))
                .filter(method -> AnnotatedElementUtils.hasAnnotation(method, RequestMapping.class))
                .forEach(method ->
                        handled.computeIfAbsent(path(method), _ -> new TreeSet<>())
                                .addAll(parameters(method)));

        Map<String, Set<String>> documented = new TreeMap<>();
        handled.keySet().forEach(path -> documented.put(path, documented(path)));

        assertThat(handled).hasSize(9).isEqualTo(documented);
    }

    private static String path(Method method) {
        return pathOf(method.getDeclaringClass()) + pathOf(method);
    }

    private static String pathOf(AnnotatedElement element) {
        RequestMapping mapping =
                AnnotatedElementUtils.findMergedAnnotation(element, RequestMapping.class);
        return mapping == null ? "" : String.join("", mapping.path());
    }

    private static Set<String> parameters(Method method) {
        Set<String> parameters = new TreeSet<>();
        for (Parameter parameter : method.getParameters()) {
            if (parameter.isAnnotationPresent(PathVariable.class)) {
                parameters.add("path " + parameter.getName() + " required");
            }
            RequestParam query = parameter.getAnnotation(RequestParam.class);
            if (query != null) {
                boolean required =
                        query.required()
                                && query.defaultValue().equals(ValueConstants.DEFAULT_NONE)
                                && !parameter.getName().equals("asOf");
                parameters.add("query " + parameter.getName() + (required ? " required" : ""));
            }
            RequestHeader header = parameter.getAnnotation(RequestHeader.class);
            if (header != null && parameter.getType() != HttpHeaders.class) {
                parameters.add("header " + header.name());
            }
        }
        return parameters;
    }

    private static Set<String> documented(String path) {
        Set<String> parameters = new TreeSet<>();
        for (JsonNode reference : DOCUMENT.get("paths").get(path).at("/get/parameters")) {
            JsonNode parameter = DOCUMENT.at(reference.get("$ref").asString().substring(1));
            parameters.add(
                    "%s %s%s"
                            .formatted(
                                    parameter.get("in").asString(),
                                    parameter.get("name").asString(),
                                    parameter.get("required").asBoolean() ? " required" : ""));
        }
        parameters.removeAll(READ_BY_HAND);
        return parameters;
    }

    static Stream<Arguments> shapes() {
        return SHAPES.entrySet().stream().map(it -> Arguments.of(it.getKey(), it.getValue()));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void every_member_of_an_answer_is_documented_and_no_other(Class<?> type, String name) {
        JsonNode schema = DOCUMENT.at("/components/schemas/" + name);
        Map<String, Boolean> members = new TreeMap<>();
        for (RecordComponent member : type.getRecordComponents()) {
            members.put(
                    member.getName(),
                    !member.getAnnotatedType().isAnnotationPresent(Nullable.class));
        }
        Map<String, Boolean> documented = new TreeMap<>();
        Set<String> required = new TreeSet<>();
        schema.get("required").forEach(member -> required.add(member.asString()));
        schema.get("properties")
                .propertyNames()
                .forEach(member -> documented.put(member, required.contains(member)));

        assertThat(members).isEqualTo(documented);
    }
}
