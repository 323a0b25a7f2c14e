package io.cartlog.sink;

import io.cartlog.schemas.topic.Topics;
import io.cartlog.service.freshness.FreshnessHealth;
import io.cartlog.service.freshness.LogAge;
import io.cartlog.service.tracing.Tracing;
import io.cartlog.sink.clicks.ClickLoader;
import io.cartlog.sink.clicks.ClickWarehouse;
import io.cartlog.sink.iceberg.Lake;
import io.cartlog.sink.intake.DeadLetters;
import io.cartlog.sink.intake.EventLog;
import io.cartlog.sink.intake.LogTopics;
import io.cartlog.sink.kinesis.StreamRelay;
import io.cartlog.sink.row.Offsets;
import io.cartlog.sink.upkeep.Upkeep;
import io.cartlog.sink.warehouse.Warehouse;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// How the parts are put together.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SinkSettings.class)
class SinkConfiguration {
    @Bean
    LogTopics topics(SinkSettings settings) {
        LogTopics topics = new LogTopics(settings.kafka().bootstrapServers());
        topics.ensure(settings.topics().partitions(), settings.topics().replicationFactor());
        return topics;
    }

    @Bean
    Lake lake(SinkSettings settings) {
        return Lake.open(settings.lakeSettings());
    }

    @Bean
    Warehouse warehouse(SinkSettings settings, Lake lake) {
        return new Warehouse(settings.warehouseSettings(), new LakeBucket(lake));
    }

    @Bean
    Quarantine quarantine(Lake lake, Warehouse warehouse, WarehouseLoader loader) {
        return new Quarantine(lake::events, warehouse, loader::wake);
    }

    @Bean(destroyMethod = "close")
    Tracing tracing(SinkSettings settings) {
        return Tracing.of(settings.tracing(), "analytics-sink");
    }

    @Bean
    FollowedEvents followedEvents(Tracing tracing) {
        return new FollowedEvents(tracing);
    }

    @Bean(initMethod = "start")
    WarehouseLoader loader(Lake lake, Warehouse warehouse, FollowedEvents followed) {
        return new WarehouseLoader(lake.events(), warehouse, followed);
    }

    @Bean(initMethod = "start")
    AnalyticsSink sink(
            SinkSettings settings,
            LogTopics topics,
            Lake lake,
            FollowedEvents followed,
            WarehouseLoader loader) {
        String servers = settings.kafka().bootstrapServers();
        SinkSettings.Sink sink = settings.sink();
        return new AnalyticsSink(
                open(servers, sink, topics),
                lake.events(),
                new DeadLetters(servers),
                new AnalyticsSink.Roll(sink.rollBytes().toBytes(), sink.rollInterval()),
                followed,
                _ -> loader.wake());
    }

    @Bean(initMethod = "start")
    Upkeep upkeep(SinkSettings settings, Lake lake, Warehouse warehouse) {
        return new Upkeep(
                lake.upkeep(),
                () -> warehouse.ledger().newestSnapshot(),
                new Upkeep.Rules(
                        settings.lake().upkeepInterval(),
                        settings.lake().fileBytes().toBytes(),
                        settings.lake().keepSnapshots()),
                InstantSource.system());
    }

    @Bean
    ClickWarehouse clickWarehouse(Warehouse warehouse) {
        return new ClickWarehouse(warehouse::connect);
    }

    @Bean(initMethod = "start")
    ClickLoader clickLoader(
            SinkSettings settings, LogTopics topics, ClickWarehouse clicks, Warehouse warehouse) {
        return new ClickLoader(
                settings.kafka().bootstrapServers(),
                clickPartitions(settings.sink(), topics),
                clicks,
                warehouse::prepare,
                settings.sink().rollInterval());
    }

    /// Clicks are not shared out: several instances that read the same ones load none twice, for
    /// the position in the warehouse moves once.
    private static Set<Integer> clickPartitions(SinkSettings.Sink sink, LogTopics topics) {
        return sink.partitions().isEmpty() ? topics.partitions() : sink.partitions();
    }

    @Bean(initMethod = "start")
    @ConditionalOnProperty("cartlog.kinesis.relay-stream")
    StreamRelay streamRelay(SinkSettings settings, LogTopics topics, MeterRegistry meters) {
        EventLog log =
                EventLog.share(
                        settings.kafka().bootstrapServers(),
                        topics.partitions(),
                        settings.sink().group() + "-kinesis",
                        settings.sink().sessionTimeout());
        StreamRelay relay = StreamRelay.to(settings.kinesis(), log, topics.id());
        FunctionCounter.builder("cartlog.kinesis.events", relay, StreamRelay::events)
                .description("Events that the stream has taken since the start")
                .register(meters);
        FunctionCounter.builder("cartlog.kinesis.retries", relay, StreamRelay::retries)
                .description("Records that the stream did not take at once")
                .register(meters);
        Gauge.builder("cartlog.kinesis.failing", relay, r -> r.failure() == null ? 0 : 1)
                .description("1 while events cannot be relayed to the stream")
                .register(meters);
        return relay;
    }

    @Bean
    LogAge lakeAge(SinkSettings settings, AnalyticsSink sink, MeterRegistry meters) {
        return age("lake", settings, () -> sink.state().offsets().next()).start(meters);
    }

    @Bean
    LogAge warehouseAge(SinkSettings settings, WarehouseLoader loader, MeterRegistry meters) {
        return age("warehouse", settings, () -> loader.ledger().offsets().next()).start(meters);
    }

    @Bean
    LogAge clicksAge(SinkSettings settings, ClickLoader loader, MeterRegistry meters) {
        return new LogAge(
                        "clicks",
                        settings.kafka().bootstrapServers(),
                        Topics.CLICKS.name(),
                        () -> loader.ledger().offsets().next(),
                        Clock.systemUTC())
                .start(meters);
    }

    private static LogAge age(String store, SinkSettings settings, LogAge.Applied applied) {
        return new LogAge(
                store,
                settings.kafka().bootstrapServers(),
                Topics.EVENTS.name(),
                applied,
                Clock.systemUTC());
    }

    /// Of the lake: a warehouse that is away takes nothing down (S4-18).
    @Bean
    HealthIndicator freshnessHealthIndicator(
            @Qualifier("lakeAge") LogAge lakeAge, SinkSettings settings) {
        return new FreshnessHealth(lakeAge, settings.sink().maxAge());
    }

    /// Down when the thread has ended; a lake that is away is no reason to start anew.
    @Bean("sink-alive")
    HealthIndicator sinkAlive(AnalyticsSink sink) {
        return () -> (sink.isAlive() ? Health.up() : Health.down()).build();
    }

    private static EventLog open(String servers, SinkSettings.Sink sink, LogTopics topics) {
        Set<Integer> all = topics.partitions();
        if (sink.partitions().isEmpty()) {
            return EventLog.share(servers, all, sink.group(), sink.sessionTimeout());
        }
        if (!all.containsAll(sink.partitions())) {
            throw new IllegalArgumentException(
                    "cartlog.sink.partitions names some that the log has not: "
                            + sink.partitions());
        }
        return EventLog.open(servers, startOf(sink.partitions()));
    }

    private static Offsets startOf(Set<Integer> partitions) {
        return Offsets.of(
                partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> 0L)));
    }
}
