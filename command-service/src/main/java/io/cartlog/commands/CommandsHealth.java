package io.cartlog.commands;

import io.cartlog.commands.intake.PendingReplies;
import io.cartlog.commands.streams.CartStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Up when a command sent now is decided and its reply is seen.
final class CommandsHealth implements HealthIndicator {
    private final CartStreams streams;
    private final PendingReplies replies;

    CommandsHealth(CartStreams streams, PendingReplies replies) {
        this.streams = streams;
        this.replies = replies;
    }

    @Override
    public Health health() {
        State state = streams.state();
        boolean ready = state == State.RUNNING && replies.isPositioned();
        return (ready ? Health.up() : Health.down())
                .withDetail("decider", state.name())
                .withDetail("replies", replies.isPositioned() ? "positioned" : "not positioned")
                .build();
    }
}
