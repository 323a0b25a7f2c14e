package io.cartlog.commands.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cartlog.commands.problem.ProblemCode;
import io.cartlog.schemas.value.Money;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What is taken for JSON, for a text and for an amount.
class JsonFieldsTest {
    private static final int MOST_ERRORS = 100;

    private static JsonFields parse(byte[] bytes) {
        return JsonFields.parse(bytes, 0, bytes.length);
    }

    private static <T> T field(String value, Function<JsonNode, T> reader) {
        JsonFields fields = parse(("{\"a\":" + value + "}").getBytes(UTF_8));
        JsonFields.Field<T> field = fields.required("a", reader::apply);
        fields.refuseInvalid();
        return field.value();
    }

    private static Problem refused(Runnable reading) {
        ProblemException e = catchThrowableOfType(ProblemException.class, reading::run);
        assertThat(e).isNotNull();
        return e.problem();
    }

    @ParameterizedTest
    @ValueSource(strings = {"caf\u00e9", "\u20ac", "\ud83d\ude00", "a"})
    void a_text_may_have_every_character(String text) {
        assertThat(field("\"" + text + "\"", JsonFields::text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udc00a", "a\\ud83d", "\\ude00\\ud83d"})
    void half_of_a_surrogate_pair_is_no_text(String escaped) {
        Problem problem = refused(() -> field("\"" + escaped + "\"", JsonFields::text));

        assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_FIELDS);
        assertThat(problem.detail()).contains("/a", "surrogate");
    }

    /// Half of a pair, an overlong zero, a character cut off, no start of one.
    @ParameterizedTest
    @ValueSource(strings = {"\u00ed\u00a0\u0080", "\u00c0\u0080", "\u00f0\u009f", "\u00ff"})
    void bytes_that_are_no_utf_8_are_no_json(String bytes) {
        byte[] json = ("{\"a\":\"" + bytes + "\"}").getBytes(ISO_8859_1);

        assertThat(refused(() -> parse(json)).code()).isEqualTo(ProblemCode.MALFORMED_JSON);
    }

    @Test
    void another_encoding_is_no_json() {
        byte[] json = "{\"a\":1}".getBytes(UTF_16BE);

        assertThat(refused(() -> parse(json)).code()).isEqualTo(ProblemCode.MALFORMED_JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\\ud800\":1}", "{\ud83d\ude00}", "[\ud83d\ude00]"})
    void what_cannot_be_written_down_is_refused_in_words_that_can(String json) {
        Problem problem = refused(() -> parse(json.getBytes(UTF_8)));

        assertThat(problem.code()).isEqualTo(ProblemCode.MALFORMED_JSON);
        assertThat(problem.detail().codePoints())
                .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    @Test
    void what_is_nested_too_deeply_is_refused_without_the_names_of_classes() {
        String deep = "[".repeat(17) + "]".repeat(17);

        Problem problem = refused(() -> parse(deep.getBytes(UTF_8)));

        assertThat(problem.code()).isEqualTo(ProblemCode.MALFORMED_JSON);
        assertThat(problem.detail()).contains("16 levels").doesNotContain("Constraints");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "-1e-99999999999", "0e99999999999"})
    void a_number_with_an_exponent_beyond_all_numbers_is_refused(String number) {
        Problem problem = refused(() -> parse(("{\"a\":" + number + "}").getBytes(UTF_8)));

        assertThat(problem.code()).isEqualTo(ProblemCode.MALFORMED_JSON);
    }

    @Test
    void of_many_errors_the_first_are_named() {
        String many =
                IntStream.range(0, 1_000)
                        .mapToObj(i -> "\"f" + i + "\":1")
                        .collect(Collectors.joining(",", "{", "}"));

        Problem problem = refused(() -> parse(many.getBytes(UTF_8)).refuseInvalid());

        assertThat((List<?>) problem.numbers().get("errors")).hasSize(MOST_ERRORS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"199.99\"", "199.99", "\"199.9900\"", "1.9999e2"})
    void an_amount_is_a_decimal_number_or_a_text_of_one(String json) {
        assertThat(field(json, JsonFields::money)).isEqualTo(Money.of("199.99"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"+5\"", "\"1e2\"", "\".5\"", "\"5.\"", "\" 5\"", "\"\u0665\"", "true"})
    void other_ways_of_writing_an_amount_are_refused(String json) {
        assertThat(refused(() -> field(json, JsonFields::money)).code())
                .isEqualTo(ProblemCode.INVALID_FIELDS);
    }
}
