package io.cartlog.commands;

import io.cartlog.commands.cart.CartLimits;
import io.cartlog.commands.gateway.GatewaySettings;
import io.cartlog.commands.intake.IntakeSettings;
import io.cartlog.commands.intake.RateSettings;
import io.cartlog.commands.kinesis.StreamSettings;
import io.cartlog.commands.streams.Keeping;
import io.cartlog.commands.streams.StreamsSettings;
import io.cartlog.service.access.AccessSettings;
import io.cartlog.service.tracing.TracingSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// All settings of the service. One that is missing, wrong or unknown stops the start.
@ConfigurationProperties(prefix = "cartlog", ignoreUnknownFields = false)
record CommandServiceSettings(
        @DefaultValue Kafka kafka,
        @DefaultValue Topics topics,
        @DefaultValue GatewaySettings queries,
        @DefaultValue IntakeSettings commands,
        @DefaultValue LimitSettings limits,
        @DefaultValue StreamsSettings streams,
        @DefaultValue StreamSettings kinesis,
        @DefaultValue TracingSettings tracing,
        @DefaultValue AccessSettings security) {

    CommandServiceSettings {
        require(kafka.bootstrapServers(), "kafka.bootstrap-servers", "127.0.0.1:8083");
        require(
                queries.url().isEmpty() ? null : queries.url(),
                "queries.url",
                "http://127.0.0.1:8081");
        require(streams.stateDir(), "streams.state-dir", "/var/lib/cartlog/command-service");
    }

    /// @param bootstrapServers brokers, as `host:port` with commas between
    record Kafka(@Nullable String bootstrapServers) {}

    /// How topics are created that are absent.
    record Topics(@DefaultValue("4") int partitions, @DefaultValue("1") int replicationFactor) {}

    /// How much a cart may hold, see [CartLimits]; how much is kept of an account, see [Keeping],
    /// and of all together, see [HeapRoom]; how often an account may ask, see [RateSettings].
    record LimitSettings(
            @DefaultValue("9999") int quantity,
            @DefaultValue("2000") int cartLines,
            @DefaultValue("2000") int savedLines,
            @DefaultValue("30d") Duration guestIdle,
            @DefaultValue("64MB") DataSize answerMemory,
            @DefaultValue("0.85") double heap,
            @DefaultValue("200") int requestsPerSecond,
            @DefaultValue("400") int requestBurst) {}

    CartLimits cartLimits() {
        return new CartLimits(limits.quantity(), limits.cartLines(), limits.savedLines());
    }

    Keeping keeping() {
        return new Keeping(limits.guestIdle(), limits.answerMemory().toBytes());
    }

    RateSettings rates() {
        return new RateSettings(limits.requestsPerSecond(), limits.requestBurst());
    }

    String bootstrapServers() {
        return String.valueOf(kafka.bootstrapServers());
    }

    private static void require(@Nullable Object value, String name, String example) {
        if (value == null || value.toString().isBlank()) {
            throw new IllegalArgumentException(
                    "the setting cartlog." + name + " is missing; an example is " + example);
        }
    }
}
