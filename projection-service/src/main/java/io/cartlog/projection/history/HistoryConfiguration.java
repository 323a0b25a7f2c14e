package io.cartlog.projection.history;

import io.cartlog.projection.view.Arrivals;
import io.cartlog.projection.view.History;
import io.cartlog.schemas.topic.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/// Puts the history together.
@Configuration(proxyBeanMethods = false)
public class HistoryConfiguration {
    /// How the log is reached; the intake's settings say it.
    public record Log(String bootstrapServers) {}

    /// A page's events are rarely far apart, and a fold reads on and on.
    private static final int FETCH_BYTES = 128 * 1024;

    private final Arrivals arrivals = new Arrivals();
    private final Followers followers = new Followers();

    /// The topic is there once the intake has seen to it.
    @Bean
    @DependsOn("eventLog")
    EventIndex eventIndex(HistorySettings settings, Log log) throws InterruptedException {
        return EventIndex.open(settings.folder(), id(log));
    }

    private static String id(Log log) throws InterruptedException {
        String name = Topics.EVENTS.name();
        try (Admin admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                log.bootstrapServers()))) {
            TopicDescription topic =
                    admin.describeTopics(List.of(name)).allTopicNames().get().get(name);
            return Objects.requireNonNull(topic).topicId().toString();
        } catch (ExecutionException e) {
            throw new KafkaException("cannot describe " + name, e.getCause());
        }
    }

    @Bean(initMethod = "start", destroyMethod = "stop")
    IndexTail indexTail(EventIndex index, Log log) {
        Map<String, Object> settings = consumerSettings(log);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, IndexTail.MOST);
        return new IndexTail(consumer(settings), index, followers, arrivals);
    }

    @Bean
    LogReaders logReaders(HistorySettings settings, Log log) {
        Map<String, Object> config = consumerSettings(log);
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        return new LogReaders(settings.readers(), () -> consumer(config));
    }

    @Bean
    History history(EventIndex index, IndexTail tail, LogReaders readers) {
        return new LoggedHistory(index, tail, readers, followers, arrivals);
    }

    private static Map<String, Object> consumerSettings(Log log) {
        return new HashMap<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        log.bootstrapServers(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "none",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false));
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> settings) {
        return new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
