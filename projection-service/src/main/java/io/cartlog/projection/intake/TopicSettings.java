package io.cartlog.projection.intake;

import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings under `cartlog.topics`: how a topic is created that is not there.
public record TopicSettings(
        @DefaultValue("4") int partitions, @DefaultValue("1") short replicationFactor) {
    public TopicSettings {
        if (partitions < 1 || replicationFactor < 1) {
            throw new IllegalArgumentException(
                    "cartlog.topics.partitions and replication-factor are at least 1");
        }
    }
}
