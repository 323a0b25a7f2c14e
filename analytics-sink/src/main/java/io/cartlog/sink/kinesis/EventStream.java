package io.cartlog.sink.kinesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.KinesisClientBuilder;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/// The stream that takes the events, by account.
final class EventStream implements AutoCloseable {
    private final KinesisClient client;
    private final String name;

    private EventStream(KinesisClient client, String name) {
        this.client = client;
        this.name = name;
    }

    static EventStream open(RelaySettings settings) {
        KinesisClientBuilder builder =
                KinesisClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder());
        if (settings.endpoint() != null) {
            builder.endpointOverride(settings.endpoint());
        }
        if (settings.region() != null) {
            builder.region(Region.of(settings.region()));
        }
        if (settings.accessKey() != null && settings.secretKey() != null) {
            builder.credentialsProvider(
                    StaticCredentialsProvider.create(
                            AwsBasicCredentials.create(
                                    settings.accessKey(), settings.secretKey())));
        }
        return new EventStream(
                builder.build(), Objects.requireNonNull(settings.relayStream(), "relayStream"));
    }

    /// Sends parcels in one request.
    ///
    /// @return those that the stream has; the others may be sent again
    /// @throws software.amazon.awssdk.core.exception.SdkException if it is not known of any of them
    List<Outbox.Parcel> put(List<Outbox.Parcel> parcels) {
        PutRecordsRequest request =
                PutRecordsRequest.builder()
                        .streamName(name)
                        .records(parcels.stream().map(EventStream::entry).toList())
                        .build();
        List<PutRecordsResultEntry> results = client.putRecords(request).records();
        List<Outbox.Parcel> taken = new ArrayList<>();
        for (int i = 0; i < parcels.size(); i++) {
            if (results.get(i).errorCode() == null) {
                taken.add(parcels.get(i));
            }
        }
        return taken;
    }

    private static PutRecordsRequestEntry entry(Outbox.Parcel parcel) {
        return PutRecordsRequestEntry.builder()
                .partitionKey(parcel.account())
                .data(SdkBytes.fromByteArrayUnsafe(parcel.data()))
                .build();
    }

    @Override
    public void close() {
        client.close();
    }
}
