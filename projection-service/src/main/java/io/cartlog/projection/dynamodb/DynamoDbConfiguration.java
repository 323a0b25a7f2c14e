package io.cartlog.projection.dynamodb;

import io.cartlog.projection.view.Arrivals;
import io.cartlog.projection.view.Parking;
import io.cartlog.projection.view.TableLayout;
import io.cartlog.projection.view.ViewState;
import io.cartlog.projection.view.ViewTables;
import io.cartlog.projection.view.ViewVersions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Objects;
import org.springframework.beans.factory.annotation.Qualifier;
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
    DynamoDbClient dynamoDbClient(DynamoDbSettings settings, MeterRegistry meters) {
        DynamoDbClientBuilder client =
                DynamoDbClient.builder()
                        .region(Region.of(Objects.requireNonNull(settings.region())))
                        .credentialsProvider(credentials(settings))
                        .httpClientBuilder(
                                UrlConnectionHttpClient.builder()
                                        .connectionTimeout(Duration.ofSeconds(2))
                                        .socketTimeout(Duration.ofSeconds(30)))
                        .overrideConfiguration(o ->
                                o.retryStrategy(RetryMode.STANDARD)
                                        .addMetricPublisher(new FailedAttempts(meters)));
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
    Patience patience(MeterRegistry meters) {
        return new Patience(meters);
    }

    @Bean
    Crew writers(DynamoDbSettings settings) {
        return new Crew(settings.writers());
    }

    /// Shoppers never wait behind these.
    @Bean
    Crew bulkWriters(DynamoDbSettings settings) {
        return new Crew(settings.writers());
    }

    @Bean
    ViewTables viewTables(
            DynamoDbClient client,
            DynamoDbSettings settings,
            TableLayout layout,
            Patience patience,
            @Qualifier("writers") Crew writers,
            @Qualifier("bulkWriters") Crew bulkWriters,
            Arrivals arrivals,
            Parking parking) {
        return new Tables(
                client,
                settings.table(),
                layout,
                patience,
                writers,
                bulkWriters,
                arrivals,
                parking::skips);
    }

    @Bean
    ParkingTable parkingRegister(
            DynamoDbClient client, DynamoDbSettings settings, Patience patience) {
        return new ParkingTable(client, settings.controlTable(), settings.table(), patience);
    }

    @Bean
    Parking parking(ParkingTable register) {
        return new Parking(register);
    }

    @Bean
    ControlTable viewRegister(DynamoDbClient client, DynamoDbSettings settings, Patience patience) {
        return new ControlTable(client, settings.controlTable(), settings.table(), patience);
    }

    /// The live version's table is there before anything else gets hold of it.
    @Bean
    ViewVersions viewVersions(ControlTable register, Parking parking, ViewTables tables)
            throws InterruptedException {
        ViewState state = register.bootstrap();
        parking.look();
        tables.create(state.live());
        return new ViewVersions(register, tables, state);
    }
}
