package io.cartlog.projection.dynamodb;

import io.cartlog.projection.view.Arrivals;
import io.cartlog.projection.view.TableLayout;
import io.cartlog.projection.view.TableScan;
import io.cartlog.projection.view.ViewStore;
import io.cartlog.projection.view.Views;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/// Puts the store together; the table is there before anything else gets hold of it.
@Configuration(proxyBeanMethods = false)
public class DynamoDbConfiguration {

    @Bean
    DynamoDbClient dynamoDbClient(DynamoDbSettings settings) {
        DynamoDbClientBuilder client =
                DynamoDbClient.builder()
                        .region(Region.of(Objects.requireNonNull(settings.region())))
                        .credentialsProvider(credentials(settings))
                        .httpClientBuilder(
                                UrlConnectionHttpClient.builder()
                                        .connectionTimeout(Duration.ofSeconds(2))
                                        .socketTimeout(Duration.ofSeconds(30)))
                        .overrideConfiguration(o -> o.retryStrategy(RetryMode.STANDARD));
        if (settings.endpoint() != null) {
            client.endpointOverride(settings.endpoint());
        }
        return client.build();
    }

    private static AwsCredentialsProvider credentials(DynamoDbSettings settings) {
        if (settings.accessKey() == null || settings.secretKey() == null) {
            return DefaultCredentialsProvider.builder().build();
        }
        return StaticCredentialsProvider.create(
                AwsBasicCredentials.create(settings.accessKey(), settings.secretKey()));
    }

    @Bean
    TableReads tableReads(DynamoDbClient client, DynamoDbSettings settings, TableLayout layout)
            throws InterruptedException {
        new TableBootstrap(client, settings.table(), layout).run();
        return new TableReads(client, settings.table());
    }

    @Bean
    Patience patience(MeterRegistry meters) {
        return new Patience(meters);
    }

    @Bean
    Crew writers(DynamoDbSettings settings) {
        return new Crew(settings.writers());
    }

    @Bean
    ViewStore viewStore(
            DynamoDbClient client,
            DynamoDbSettings settings,
            TableLayout layout,
            TableReads reads,
            Patience patience,
            Crew writers,
            Arrivals arrivals) {
        return new ViewWriter(
                new Transactions(client, settings.table(), layout, patience),
                reads,
                new Positions(client, settings.table(), reads),
                patience,
                writers,
                arrivals);
    }

    @Bean
    Views views(TableReads reads, DynamoDbSettings settings, TableLayout layout) {
        return new ViewReader(reads, settings.table(), layout);
    }

    @Bean
    TableScan tableScan(
            DynamoDbClient client, DynamoDbSettings settings, TableReads reads, Crew writers) {
        return new TableScanner(client, settings.table(), reads, writers);
    }
}
