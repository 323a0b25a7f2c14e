package io.cartlog.service.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.service.tracing.TraceReceiver.Received;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Spans as a collector gets them.
class TracingTest {
    private static final LogRecord RECORD = new LogRecord("cart.events", 3, 1234, "projection");

    @SuppressWarnings("NullAway.Init")
    private TraceReceiver collector;

    @BeforeEach
    void start() throws IOException {
        collector = new TraceReceiver();
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    private Tracing tracing(double sampling) {
        return Tracing.of(
                new TracingSettings(URI.create(collector.endpoint()), sampling), "a-service");
    }

    private static Step followed(@Nullable Step step) {
        return Objects.requireNonNull(step);
    }

    @Test
    void a_sampled_request_is_followed_however_small_the_share() {
        TraceParent caller = TraceReceiver.newTrace();
        try (Tracing tracing = tracing(0)) {
            try (Step step = followed(tracing.request(caller.toString(), "POST"))) {
                step.rename("POST /v1/events").put("http.response.status_code", 200);
            }
        }

        Received span = collector.await(caller.traceId(), "POST /v1/events");
        assertThat(span.parentId()).isEqualTo(caller.spanId());
        assertThat(span.service()).isEqualTo("a-service");
        assertThat(span.kind()).isEqualTo("SERVER");
        assertThat(span.status()).isEqualTo("UNSET");
        assertThat(span.attributes())
                .containsOnlyKeys("http.request.method", "http.response.status_code")
                .containsEntry("http.request.method", "POST")
                .containsEntry("http.response.status_code", "200");
    }

    @Test
    void a_request_whose_caller_does_not_want_to_is_not_followed_however_large_the_share() {
        TraceParent caller = TraceReceiver.newTrace();
        TraceParent not = new TraceParent(caller.traceId(), caller.spanId(), false);
        try (Tracing tracing = tracing(1)) {
            assertThat(tracing.request(not.toString(), "POST")).isNull();
            assertThat(tracing.work("decide", not.toBytes(), RECORD)).isNull();
        }
    }

    @Test
    void of_other_requests_a_share_is_followed() {
        try (Tracing all = tracing(1);
                Tracing none = tracing(0);
                Tracing half = tracing(0.5)) {
            assertThat(all.request(null, "POST")).isNotNull();
            assertThat(all.request("nonsense", "POST")).isNotNull();
            assertThat(none.request(null, "POST")).isNull();
            assertThat(IntStream.range(0, 2_000).filter(_ -> half.isChosen()).count())
                    .isBetween(800L, 1_200L);
        }
    }

    @Test
    void a_record_is_followed_if_its_header_says_so() {
        TraceParent before = TraceReceiver.newTrace();
        TraceParent after;
        try (Tracing tracing = tracing(1)) {
            assertThat(tracing.work("project", null, RECORD)).isNull();
            assertThat(tracing.work("project", new byte[] {1, 2}, RECORD)).isNull();
            try (Step step = followed(tracing.work("project", before.toBytes(), RECORD))) {
                after = step.place();
            }
        }

        Received span = collector.await(before.traceId(), "project cart.events");
        assertThat(span.parentId()).isEqualTo(before.spanId());
        assertThat(after).isEqualTo(new TraceParent(before.traceId(), span.spanId(), true));
        assertThat(span.kind()).isEqualTo("CONSUMER");
        assertThat(span.attributes())
                .containsEntry("messaging.system", "kafka")
                .containsEntry("messaging.destination.name", "cart.events")
                .containsEntry("messaging.destination.partition.id", "3")
                .containsEntry("messaging.kafka.offset", "1234")
                .containsEntry("messaging.consumer.group.name", "projection")
                .containsEntry("messaging.operation.name", "project")
                .containsEntry("messaging.operation.type", "process")
                .hasSize(7);
    }

    @Test
    void what_fails_is_an_error_with_the_name_of_its_class_and_no_more() {
        TraceParent caller = TraceReceiver.newTrace();
        Steps steps = new Steps();
        try (Tracing tracing = tracing(0)) {
            steps.add(null);
            steps.add(tracing.work("project", caller.toBytes(), RECORD));
            assertThat(steps.size()).isOne();
            steps.fail(new IOException("account 17850"));
        }

        Received span = collector.await(caller.traceId(), "project cart.events");
        assertThat(span.status()).isEqualTo("ERROR");
        assertThat(span.attribute("error.type")).isEqualTo("java.io.IOException");
        assertThat(span.toString()).doesNotContain("17850");
        assertThat(steps.size()).isZero();
    }

    @Test
    void without_a_collector_nobody_is_followed() {
        Tracing tracing = Tracing.of(new TracingSettings(null, 1), "a-service");

        assertThat(tracing).isSameAs(Tracing.OFF);
        assertThat(tracing.isOn()).isFalse();
        assertThat(tracing.isChosen()).isFalse();
        assertThat(tracing.request(TraceReceiver.newTrace().toString(), "POST")).isNull();
        assertThat(tracing.work("decide", TraceReceiver.newTrace().toBytes(), RECORD)).isNull();
        tracing.close();
    }

    @Test
    void a_collector_that_is_away_keeps_nobody_waiting() {
        collector.close();
        try (Tracing tracing = tracing(1)) {
            for (int i = 0; i < 10_000; i++) {
                followed(tracing.request(null, "POST")).close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"collector:4317", "ftp://collector", "/v1/traces"})
    void an_endpoint_that_is_no_address_is_refused(String endpoint) {
        assertThatThrownBy(() -> new TracingSettings(URI.create(endpoint), 0.01))
                .hasMessageContaining("cartlog.tracing.endpoint");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void a_share_that_is_none_is_refused(double sampling) {
        assertThatThrownBy(() -> new TracingSettings(null, sampling))
                .hasMessageContaining("cartlog.tracing.sampling");
    }
}
