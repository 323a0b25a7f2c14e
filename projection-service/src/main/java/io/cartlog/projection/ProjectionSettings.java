package io.cartlog.projection;

import io.cartlog.projection.dynamodb.DynamoDbSettings;
import io.cartlog.projection.history.HistorySettings;
import io.cartlog.projection.intake.KafkaSettings;
import io.cartlog.projection.intake.TopicSettings;
import io.cartlog.projection.query.QuerySettings;
import io.cartlog.service.access.AccessSettings;
import io.cartlog.service.tracing.TracingSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Everything under `cartlog.`; what is not known here stops the start.
@ConfigurationProperties(prefix = "cartlog", ignoreUnknownFields = false)
record ProjectionSettings(
        @DefaultValue KafkaSettings kafka,
        @DefaultValue TopicSettings topics,
        @DefaultValue DynamoDbSettings dynamodb,
        @DefaultValue ViewSettings views,
        @DefaultValue QuerySettings queries,
        @DefaultValue HistorySettings history,
        @DefaultValue TracingSettings tracing,
        @DefaultValue AccessSettings security) {

    /// @param productShards see [io.cartlog.projection.view.TableLayout]
    /// @param keepPrevious for how long the version that was live before is kept level with the
    ///   live one, for a way back
    /// @param rebuildChunk events that a rebuild folds before it writes
    /// @param maxAge how old the views may be before the service is not ready
    record ViewSettings(
            @DefaultValue("4") int productShards,
            @DefaultValue("24h") Duration keepPrevious,
            @DefaultValue("10000") int rebuildChunk,
            @DefaultValue("5m") Duration maxAge) {}
}
