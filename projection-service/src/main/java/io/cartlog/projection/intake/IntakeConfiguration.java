package io.cartlog.projection.intake;

import io.cartlog.projection.view.Arrivals;
import io.cartlog.projection.view.Handover;
import io.cartlog.projection.view.History;
import io.cartlog.projection.view.Parking;
import io.cartlog.projection.view.ViewRegister;
import io.cartlog.projection.view.ViewTables;
import io.cartlog.projection.view.ViewVersions;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.service.freshness.FreshnessHealth;
import io.cartlog.service.freshness.LogAge;
import io.cartlog.service.tracing.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the intake together.
@Configuration(proxyBeanMethods = false)
class IntakeConfiguration {
    static final String GROUP = "projection";

    /// Many events of an account in one batch become one write. More than this would keep a
    /// shopper's click waiting too long behind a big load.
    private static final int BATCH = 5_000;

    /// After a `kill -9` nobody reads the partitions for this long; the broker allows no less.
    private static final int SESSION_MS = 6_000;

    /// While the store is away a batch takes as long as it takes, and its partitions stay.
    private static final int BATCH_MS = 30 * 60 * 1000;

    @Bean
    EventLog eventLog(KafkaSettings kafka, TopicSettings topics) {
        EventLog log =
                new EventLog(
                        Admin.create(
                                Map.of(
                                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                        kafka.bootstrapServers())),
                        topics);
        log.prepare();
        return log;
    }

    @Bean
    IntakeProgress intakeProgress(MeterRegistry meters, Parking parking, ViewVersions versions) {
        return new IntakeProgress(
                meters, () -> parking.all(versions.live().version()), Clock.systemUTC());
    }

    @Bean
    VersionWriter versionWriter(
            ViewVersions versions,
            ViewTables tables,
            ViewRegister register,
            Handover handover,
            Parking parking) {
        return new VersionWriter(versions, tables, register, handover, parking);
    }

    @Bean
    DeadLetters deadLetters(KafkaSettings kafka, IntakeProgress progress) {
        return new DeadLetters(producer(kafka), progress);
    }

    @Bean
    LogLookup logLookup(KafkaSettings kafka) {
        return new LogLookup(kafka.bootstrapServers());
    }

    @Bean
    Letters letters(LogLookup log, Parking parking, ViewVersions versions, History history) {
        return new Letters(log, parking, versions, history);
    }

    @Bean
    Resumption resumption(
            LogLookup log,
            Parking parking,
            ViewTables tables,
            ViewVersions versions,
            DeadLetters deadLetters) {
        return new Resumption(log, parking, tables, versions, deadLetters, Clock.systemUTC());
    }

    @Bean(initMethod = "start", destroyMethod = "stop")
    EventIntake eventIntake(
            KafkaSettings kafka,
            EventLog log,
            VersionWriter views,
            DeadLetters deadLetters,
            IntakeProgress progress,
            Arrivals arrivals,
            Tracing tracing) {
        return new EventIntake(
                consumer(kafka),
                log,
                views,
                deadLetters,
                progress,
                arrivals,
                tracing,
                Clock.systemUTC());
    }

    @Bean
    LogAge viewsAge(KafkaSettings kafka, AppliedOffsets applied, MeterRegistry meters) {
        return new LogAge(
                        "views",
                        kafka.bootstrapServers(),
                        Topics.EVENTS.name(),
                        applied::everywhere,
                        Clock.systemUTC())
                .start(meters);
    }

    @Bean
    HealthIndicator freshnessHealthIndicator(LogAge age, AgeSettings settings) {
        return new FreshnessHealth(age, settings.maxAge());
    }

    /// Down when the intake has stopped for good; one that waits for the store is alive.
    @Bean("intake-alive")
    HealthIndicator intakeAlive(IntakeProgress progress) {
        return () ->
                progress.failure() == null
                        ? Health.up().build()
                        : Health.down().withDetail("failed", progress.failure()).build();
    }

    private static Consumer<byte[], byte[]> consumer(KafkaSettings kafka) {
        return new KafkaConsumer<>(
                Map.ofEntries(
                        Map.entry(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
                        Map.entry(ConsumerConfig.GROUP_ID_CONFIG, GROUP),
                        Map.entry(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic"),
                        Map.entry(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MS),
                        Map.entry(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_MS / 4),
                        Map.entry(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, BATCH_MS),
                        Map.entry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BATCH),
                        Map.entry(
                                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                                CooperativeStickyAssignor.class.getName()),
                        Map.entry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"),
                        Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"),
                        Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static KafkaProducer<byte[], byte[]> producer(KafkaSettings kafka) {
        return new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
