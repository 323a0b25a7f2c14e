package io.cartlog.projection.intake;

import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings under `cartlog.kafka`.
public record KafkaSettings(@DefaultValue("") String bootstrapServers) {
    public KafkaSettings {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("cartlog.kafka.bootstrap-servers is missing");
        }
    }
}
