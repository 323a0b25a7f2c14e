package io.cartlog.projection;

import io.cartlog.localstack.Addresses;
import io.cartlog.localstack.LocalStack;
import io.cartlog.localstack.LocalStackSettings;
import io.cartlog.localstack.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// A real broker and DynamoDB Local, started once for all tests of this JVM.
public final class TestStack {
    private static final class Started {
        static final Addresses ADDRESSES = start();
    }

    private TestStack() {}

    private static Addresses start() {
        LocalStack stack =
                LocalStack.start(
                        LocalStackSettings.inFolder(folder()).only(Part.KAFKA, Part.DYNAMODB));
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close));
        return stack.addresses();
    }

    public static Path folder() {
        try {
            return Files.createTempDirectory("cartlog-projection-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Addresses addresses() {
        return Started.ADDRESSES;
    }

    public static DynamoDbClient dynamoDb() {
        return dynamoDb(addresses());
    }

    public static DynamoDbClient dynamoDb(Addresses addresses) {
        return DynamoDbClient.builder()
                .endpointOverride(addresses.dynamodb())
                .region(Region.of(addresses.region()))
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create(
                                        addresses.accessKey(), addresses.secretKey())))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }
}
