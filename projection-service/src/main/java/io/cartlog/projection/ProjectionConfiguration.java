package io.cartlog.projection;

import io.cartlog.projection.dynamodb.DynamoDbSettings;
import io.cartlog.projection.history.HistoryConfiguration;
import io.cartlog.projection.history.HistorySettings;
import io.cartlog.projection.intake.AgeSettings;
import io.cartlog.projection.intake.KafkaSettings;
import io.cartlog.projection.intake.TopicSettings;
import io.cartlog.projection.query.Cursors;
import io.cartlog.projection.query.QuerySettings;
import io.cartlog.projection.rebuild.RebuildSettings;
import io.cartlog.projection.verify.LogReader;
import io.cartlog.projection.view.Arrivals;
import io.cartlog.projection.view.Handover;
import io.cartlog.projection.view.TableLayout;
import io.cartlog.service.tracing.Tracing;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Gives every part its own settings.
@Configuration(proxyBeanMethods = false)
class ProjectionConfiguration {

    @Bean
    KafkaSettings kafkaSettings(ProjectionSettings settings) {
        return settings.kafka();
    }

    @Bean
    TopicSettings topicSettings(ProjectionSettings settings) {
        return settings.topics();
    }

    @Bean
    DynamoDbSettings dynamoDbSettings(ProjectionSettings settings) {
        return settings.dynamodb();
    }

    @Bean
    QuerySettings querySettings(ProjectionSettings settings) {
        return settings.queries();
    }

    @Bean
    HistorySettings historySettings(ProjectionSettings settings) {
        return settings.history();
    }

    @Bean
    HistoryConfiguration.Log historyLog(ProjectionSettings settings) {
        return new HistoryConfiguration.Log(settings.kafka().bootstrapServers());
    }

    @Bean
    Cursors cursors(ProjectionSettings settings) {
        return new Cursors(settings.queries().cursorKey(), settings.dynamodb().table());
    }

    @Bean
    RebuildSettings rebuildSettings(ProjectionSettings settings) {
        return new RebuildSettings(
                settings.kafka().bootstrapServers(),
                settings.views().keepPrevious(),
                settings.views().rebuildChunk());
    }

    @Bean(destroyMethod = "close")
    Tracing tracing(ProjectionSettings settings) {
        return Tracing.of(settings.tracing(), "projection-service");
    }

    @Bean
    AgeSettings ageSettings(ProjectionSettings settings) {
        return new AgeSettings(settings.views().maxAge());
    }

    @Bean
    Handover handover() {
        return new Handover();
    }

    @Bean
    Arrivals arrivals() {
        return new Arrivals();
    }

    @Bean
    TableLayout tableLayout(ProjectionSettings settings) {
        return new TableLayout(settings.views().productShards());
    }

    @Bean
    LogReader logReader(KafkaSettings kafka) {
        return new LogReader(kafka.bootstrapServers());
    }
}
