package io.cartlog.commands.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.commands.problem.ProblemCode;
import io.cartlog.service.problem.TraceId;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

/// What requests say in their headers.
class HeadersTest {
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/");

    @ParameterizedTest
    @CsvSource({"'\"0\"',0", "'\"17\"',17", "' \"17\" ',17"})
    void a_version_is_an_entity_tag(String header, long version) {
        request.addHeader("If-Match", header);
        assertThat(IfMatch.optional(request)).isEqualTo(version);
        assertThat(IfMatch.required(request)).isEqualTo(version);
    }

    @Test
    void a_star_counts_as_given_and_matches_every_version() {
        request.addHeader("If-Match", "*");
        assertThat(IfMatch.required(request)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "W/\"17\"", "\"x\"", "\"1\", \"2\"", "\"-1\"", "", "\"\""})
    void what_is_no_version_is_refused(String header) {
        request.addHeader("If-Match", header);
        assertThatThrownBy(() -> IfMatch.optional(request))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().code())
                                        .isEqualTo(ProblemCode.IF_MATCH_INVALID));
    }

    @Test
    void of_two_versions_neither_counts() {
        request.addHeader("If-Match", "\"1\"");
        request.addHeader("If-Match", "\"2\"");
        assertThatThrownBy(() -> IfMatch.optional(request))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().code())
                                        .isEqualTo(ProblemCode.IF_MATCH_INVALID));
    }

    @Test
    void of_two_keys_neither_counts() {
        request.addHeader("Idempotency-Key", "a");
        request.addHeader("Idempotency-Key", "b");
        assertThatThrownBy(() -> IdempotencyKey.of(request))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().code())
                                        .isEqualTo(ProblemCode.IDEMPOTENCY_KEY_INVALID));
    }

    @Test
    void a_version_that_is_required_and_missing_is_asked_for() {
        assertThat(IfMatch.optional(request)).isNull();
        assertThatThrownBy(() -> IfMatch.required(request))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().status()).isEqualTo(428));
    }

    @ParameterizedTest
    @CsvSource({
        "respond-async,true,0",
        "'Respond-Async, wait=5',true,5",
        "'handling=lenient, respond-async, wait=500',true,10",
        "wait=5,false,10",
        "handling=lenient,false,10"
    })
    void how_long_a_client_likes_to_wait(String header, boolean async, int seconds) {
        request.addHeader("Prefer", header);
        assertThat(Preference.of(request, LONGEST))
                .isEqualTo(new Preference(async, Duration.ofSeconds(seconds)));
    }

    @Test
    void a_trace_goes_on() {
        request.addHeader("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        assertThat(TraceId.of(request)).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "00-00000000000000000000000000000000-b7ad6b7169203331-01"})
    void a_request_without_a_trace_gets_one(String header) {
        request.addHeader("traceparent", header);
        assertThat(TraceId.of(request)).matches("[0-9a-f]{32}").isEqualTo(TraceId.of(request));
    }

    @Test
    void a_key_of_our_own_is_not_a_clients() {
        assertThatThrownBy(() -> IdempotencyKey.of("cartlog:1", "here"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().code())
                                        .isEqualTo(ProblemCode.IDEMPOTENCY_KEY_INVALID));
    }
}
