package io.cartlog.localstack;

import io.cartlog.schemas.topic.Topics;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/// Creates the topics that are absent; leaves the others as they are.
final class TopicBootstrap {
    private static final String FOR_EVER = "-1";
    private static final String WEEK = Long.toString(7L * 24 * 60 * 60 * 1000);
    private static final String HOUR = Long.toString(60L * 60 * 1000);

    private TopicBootstrap() {}

    static void create(String bootstrapServers, int partitions)
            throws ExecutionException, InterruptedException {
        try (Admin admin =
                Admin.create(
                        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            Set<String> present = new HashSet<>(admin.listTopics().names().get());
            for (NewTopic topic : topics(partitions)) {
                if (!present.contains(topic.name())) {
                    create(admin, topic);
                }
            }
        }
    }

    private static List<NewTopic> topics(int partitions) {
        return List.of(
                topic(
                        Topics.COMMANDS.name(),
                        partitions,
                        Map.of(
                                TopicConfig.RETENTION_MS_CONFIG,
                                WEEK,
                                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                                "LogAppendTime")),
                topic(
                        Topics.EVENTS.name(),
                        partitions,
                        Map.of(TopicConfig.RETENTION_MS_CONFIG, FOR_EVER)),
                topic(
                        Topics.REPLIES.name(),
                        partitions,
                        Map.of(TopicConfig.RETENTION_MS_CONFIG, HOUR)),
                topic(
                        Topics.CLICKS.name(),
                        partitions,
                        Map.of(
                                TopicConfig.RETENTION_MS_CONFIG,
                                FOR_EVER,
                                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                                "LogAppendTime")),
                topic(Topics.DEAD_LETTERS, 1, Map.of(TopicConfig.RETENTION_MS_CONFIG, FOR_EVER)));
    }

    private static NewTopic topic(String name, int partitions, Map<String, String> settings) {
        return new NewTopic(name, partitions, (short) 1).configs(settings);
    }

    private static void create(Admin admin, NewTopic topic)
            throws ExecutionException, InterruptedException {
        try {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }
}
