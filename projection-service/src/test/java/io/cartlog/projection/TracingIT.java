package io.cartlog.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.schemas.topic.Topics;
import io.cartlog.service.tracing.TraceParent;
import io.cartlog.service.tracing.TraceReceiver;
import io.cartlog.service.tracing.TraceReceiver.Received;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// An event is followed until its view is durable, as a collector sees it.
class TracingIT {
    private static final String PROJECT = "project cart.events";
    private static TraceReceiver collector;
    private static RunningService service;
    private static EventWriter log;

    @BeforeAll
    static void start() throws Exception {
        collector = new TraceReceiver();
        log = new EventWriter(TestStack.addresses().kafka());
        service =
                new RunningService(
                        TestStack.addresses(),
                        "TracedViews",
                        "cartlog.tracing.endpoint=" + collector.endpoint(),
                        "cartlog.tracing.sampling=1");
    }

    @AfterAll
    static void stop() {
        service.close();
        log.close();
        collector.close();
    }

    @Test
    void an_event_that_is_followed_is_seen_until_its_view_is_durable() {
        TraceParent decided = TraceReceiver.newTrace();
        log.write(
                new Histories("traced").add("P-1001", 2, "199.99", "Electronics").events(),
                decided.toBytes());

        Received project = collector.await(decided.traceId(), PROJECT);

        assertThat(service.get("/v1/accounts/traced/cart").body().path("itemCount").asInt())
                .isEqualTo(2);
        assertThat(project.parentId()).isEqualTo(decided.spanId());
        assertThat(project.service()).isEqualTo("projection-service");
        assertThat(project.kind()).isEqualTo("CONSUMER");
        assertThat(project.status()).isEqualTo("UNSET");
        assertThat(project.endNanos()).isGreaterThan(project.startNanos());
        assertThat(project.attributes())
                .containsEntry("messaging.system", "kafka")
                .containsEntry("messaging.destination.name", Topics.EVENTS.name())
                .containsEntry("messaging.consumer.group.name", "projection")
                .containsKeys("messaging.destination.partition.id", "messaging.kafka.offset");
        assertThat(project.toString()).doesNotContain("traced", "P-1001");
    }

    @Test
    void an_event_that_is_not_followed_and_one_with_a_broken_header_are_not_seen() {
        TraceParent any = TraceReceiver.newTrace();
        TraceParent unsampled = new TraceParent(any.traceId(), any.spanId(), false);
        log.write(new Histories("untraced-1").add("P-1", 1, "1.00", "TV").events());
        log.write(
                new Histories("untraced-2").add("P-1", 1, "1.00", "TV").events(),
                unsampled.toBytes());
        log.write(new Histories("untraced-3").add("P-1", 1, "1.00", "TV").events(), new byte[] {7});
        service.awaitCaughtUp();
        TraceParent last = TraceReceiver.newTrace();
        log.write(
                new Histories("traced-last").add("P-1", 1, "1.00", "TV").events(), last.toBytes());
        collector.await(last.traceId(), PROJECT);

        assertThat(service.get("/v1/accounts/untraced-3/cart").body().path("itemCount").asInt())
                .isEqualTo(1);
        assertThat(collector.spans(unsampled.traceId())).isEmpty();
        assertThat(collector.spans())
                .as("of what has a sampled header only")
                .allMatch(span -> !span.parentId().isEmpty());
    }
}
