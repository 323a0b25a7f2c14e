package io.cartlog.commands;

import io.cartlog.commands.gateway.GatewaySettings;
import io.cartlog.commands.intake.ClickLog;
import io.cartlog.commands.intake.HeapRoom;
import io.cartlog.commands.intake.IntakeSettings;
import io.cartlog.commands.intake.PendingReplies;
import io.cartlog.commands.intake.RateSettings;
import io.cartlog.commands.intake.RowIntake;
import io.cartlog.commands.kinesis.StreamIntake;
import io.cartlog.commands.kinesis.StreamRecord;
import io.cartlog.commands.streams.CartStreams;
import io.cartlog.commands.streams.TopicSetup;
import io.cartlog.service.tracing.Tracing;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.streams.KafkaStreams.State;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/// Start of the process.
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(CommandServiceSettings.class)
public class CommandServiceApplication {
    public static void main(String[] args) {
        SpringApplication.run(CommandServiceApplication.class, args);
    }

    @Bean(destroyMethod = "close")
    Tracing tracing(CommandServiceSettings settings) {
        return Tracing.of(settings.tracing(), "command-service");
    }

    @Bean
    CartStreams cartStreams(
            CommandServiceSettings settings,
            Tracing tracing,
            MeterRegistry meters,
            Consumer<Throwable> stop)
            throws InterruptedException {
        try (Admin admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                settings.bootstrapServers()))) {
            int partitions =
                    new TopicSetup(
                                    admin,
                                    settings.topics().partitions(),
                                    settings.topics().replicationFactor())
                            .prepare();
            requireReplyPartition(settings, partitions);
        }
        return new CartStreams(
                settings.bootstrapServers(),
                settings.topics().replicationFactor(),
                settings.commands().replyPartition(),
                settings.streams(),
                settings.cartLimits(),
                settings.keeping(),
                tracing,
                meters,
                stop);
    }

    private static void requireReplyPartition(CommandServiceSettings settings, int partitions) {
        int own = settings.commands().replyPartition();
        if (own >= partitions) {
            throw new IllegalStateException(
                    "cartlog.commands.reply-partition is %d, but the replies have %d partitions"
                            .formatted(own, partitions));
        }
    }

    /// Comes after the topics have been prepared.
    @Bean
    PendingReplies pendingReplies(
            CommandServiceSettings settings,
            CartStreams topicsArePrepared,
            HeapRoom room,
            MeterRegistry meters,
            Consumer<Throwable> stop) {
        return new PendingReplies(
                settings.bootstrapServers(), settings.commands(), room, meters, stop);
    }

    /// Decider and intake are one process.
    @Bean
    HeapRoom heapRoom(CommandServiceSettings settings, MeterRegistry meters) {
        HeapRoom room = HeapRoom.ofThisProcess(settings.limits().heap());
        Gauge.builder("cartlog.commands.heap.filled", room, HeapRoom::filled)
                .description("How full the heap is of what is remembered; above 1 all is refused")
                .register(meters);
        return room;
    }

    /// Comes after the topics have been prepared.
    @Bean(destroyMethod = "close")
    ClickLog clickLog(
            CommandServiceSettings settings, CartStreams topicsArePrepared, MeterRegistry meters) {
        return new ClickLog(settings.bootstrapServers(), settings.commands(), meters);
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnProperty("cartlog.kinesis.intake-stream")
    RowIntake rowIntake(
            CommandServiceSettings settings, PendingReplies replies, MeterRegistry meters) {
        return new RowIntake(settings.bootstrapServers(), replies, meters);
    }

    @Bean
    @ConditionalOnProperty("cartlog.kinesis.intake-stream")
    StreamIntake streamIntake(
            CommandServiceSettings settings, RowIntake rows, MeterRegistry meters) {
        StreamIntake intake =
                StreamIntake.of(
                        settings.kinesis(),
                        settings.bootstrapServers(),
                        settings.topics().replicationFactor(),
                        records ->
                                rows.take(
                                        records.stream()
                                                .map(CommandServiceApplication::row)
                                                .toList()));
        Gauge.builder("cartlog.kinesis.failing", intake, i -> i.failure() == null ? 0 : 1)
                .description("1 while rows of the stream cannot be taken")
                .register(meters);
        Gauge.builder("cartlog.kinesis.behind", intake, i -> i.behind().toMillis() / 1e3)
                .description("How far the rows that were taken are behind the newest of the stream")
                .baseUnit("seconds")
                .register(meters);
        return intake;
    }

    /// Shard and number name a record in its stream, so they name the command.
    private static RowIntake.Row row(StreamRecord record) {
        return new RowIntake.Row(
                "kinesis-" + record.shard() + "-" + record.sequence(),
                record.place(),
                record.data());
    }

    @Bean
    HealthIndicator commandsHealthIndicator(CartStreams streams, PendingReplies replies) {
        return new CommandsHealth(streams, replies);
    }

    /// Down when the decider does not come back by itself.
    @Bean("decider-alive")
    HealthIndicator deciderAlive(CartStreams streams) {
        return () -> {
            State state = streams.state();
            boolean alive = !state.hasStartedOrFinishedShuttingDown();
            return (alive ? Health.up() : Health.down()).withDetail("decider", state).build();
        };
    }

    /// What can't be healed ends the process, so that whoever watches it starts it anew.
    @Bean
    Consumer<Throwable> stop(ConfigurableApplicationContext context) {
        return error ->
                Thread.ofPlatform()
                        .name("stop")
                        .start(() -> System.exit(SpringApplication.exit(context, () -> 1)));
    }

    @Bean
    IntakeSettings intakeSettings(CommandServiceSettings settings) {
        return settings.commands();
    }

    @Bean
    RateSettings rateSettings(CommandServiceSettings settings) {
        return settings.rates();
    }

    @Bean
    GatewaySettings gatewaySettings(CommandServiceSettings settings) {
        return settings.queries();
    }
}
