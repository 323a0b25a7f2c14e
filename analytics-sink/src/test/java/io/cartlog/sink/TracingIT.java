package io.cartlog.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.service.tracing.TraceParent;
import io.cartlog.service.tracing.TraceReceiver;
import io.cartlog.service.tracing.TraceReceiver.Received;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// An event is followed until the lake and the warehouse hold it, as a collector sees it.
@ExtendWith(Stack.class)
class TracingIT {
    private static final String COMMIT = "lake commit cart.events";
    private static final String LOAD = "warehouse load";

    @Test
    void an_event_that_is_followed_is_seen_until_lake_and_warehouse_hold_it(World world)
            throws Exception {
        try (TraceReceiver collector = new TraceReceiver();
                RunningService service = RunningService.in(world, settings(collector))) {
            TraceParent decided = TraceReceiver.newTrace();
            TraceParent any = TraceReceiver.newTrace();
            TraceParent unsampled = new TraceParent(any.traceId(), any.spanId(), false);
            String account = world.account();
            world.log.write(List.of(sold(account, 1)));
            world.log.write(sold(account, 2), decided.toBytes());
            world.log.write(sold(account, 3), unsampled.toBytes());

            service.post("/internal/flush");

            Received load = collector.await(decided.traceId(), LOAD);
            Received commit = collector.await(decided.traceId(), COMMIT);
            assertThat(commit.parentId()).isEqualTo(decided.spanId());
            assertThat(commit.service()).isEqualTo("analytics-sink");
            assertThat(commit.kind()).isEqualTo("CONSUMER");
            assertThat(commit.attribute("messaging.kafka.offset"))
                    .isEqualTo(only(world, "kafka_offset", account));
            assertThat(commit.attribute("messaging.destination.partition.id"))
                    .isEqualTo(only(world, "kafka_partition", account));
            assertThat(Long.parseLong(commit.attribute("cartlog.lake.sequence_number")))
                    .isPositive();
            assertThat(commit.attributes()).doesNotContainKey("messaging.consumer.group.name");
            assertThat(load.parentId()).isEqualTo(commit.spanId());
            assertThat(load.startNanos()).isGreaterThanOrEqualTo(commit.startNanos());
            assertThat(load.endNanos()).isGreaterThanOrEqualTo(commit.endNanos());
            assertThat(collector.spans(unsampled.traceId())).isEmpty();
            assertThat(collector.spans()).as("one event of three is followed").hasSize(2);
            assertThat(collector.spans().toString()).doesNotContain(account);
        }
    }

    private static Map<String, Object> settings(TraceReceiver collector) {
        return Map.of(
                "cartlog.tracing.endpoint",
                collector.endpoint(),
                "cartlog.tracing.sampling",
                "1",
                "cartlog.sink.roll-interval",
                "1h");
    }

    private static RecordedEvent sold(String account, int version) {
        return SampleEvents.recorded(
                account, version, SampleEvents.sold(account, version, 1, "2.55"));
    }

    private static String only(World world, String column, String account) throws Exception {
        String of = " where account_id = '" + account + "' and version = 2";
        return world.sql("select " + column + " from warehouse.events" + of).getFirst();
    }
}
