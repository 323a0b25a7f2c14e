package io.cartlog.projection.rebuild;

import io.cartlog.projection.view.Handover;
import io.cartlog.projection.view.LogExtent;
import io.cartlog.projection.view.Parking;
import io.cartlog.projection.view.ViewComparison;
import io.cartlog.projection.view.ViewRegister;
import io.cartlog.projection.view.ViewTables;
import io.cartlog.projection.view.ViewVersions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the rebuild together.
@Configuration(proxyBeanMethods = false)
class RebuildConfiguration {
    private static final int POLL_RECORDS = 5_000;

    @Bean(initMethod = "start", destroyMethod = "stop")
    Steward steward(
            ViewVersions versions,
            ViewTables tables,
            ViewRegister register,
            Handover handover,
            LogExtent log,
            Parking parking,
            ViewComparison comparison,
            RebuildSettings settings,
            MeterRegistry meters) {
        return new Steward(
                versions,
                tables,
                register,
                handover,
                log,
                parking,
                comparison,
                settings,
                chunk -> consumer(settings, chunk),
                Clock.systemUTC(),
                meters);
    }

    /// Outside of any group.
    ///
    /// @param chunk events that are wanted at once; a poll that brought more would make it larger
    private static Consumer<byte[], byte[]> consumer(RebuildSettings settings, int chunk) {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        settings.bootstrapServers(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "none",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        Math.min(chunk, POLL_RECORDS)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
