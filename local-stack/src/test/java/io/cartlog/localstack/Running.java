package io.cartlog.localstack;

import java.net.URI;
import java.nio.file.Path;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// A server of this JVM and its clients.
record Running(DynamoDbServer server, DynamoDbClient client, DynamoDbStreamsClient streams)
        implements AutoCloseable {
    static Running start(Path folder, DynamoDbStorage storage) throws Exception {
        int port = Ports.free().dynamodb();
        DynamoDbServer server = DynamoDbServer.start(folder, port, storage);
        return new Running(server, client(port), streams(port));
    }

    static DynamoDbClient client(int port) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint(port))
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials())
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    @Override
    public void close() {
        client.close();
        streams.close();
        server.close();
    }

    private static DynamoDbStreamsClient streams(int port) {
        return DynamoDbStreamsClient.builder()
                .endpointOverride(endpoint(port))
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials())
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    private static URI endpoint(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static StaticCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "localsecret"));
    }
}
