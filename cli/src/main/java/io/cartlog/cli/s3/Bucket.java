package io.cartlog.cli.s3;

import io.cartlog.cli.terminal.CommandFailedException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Objects of one bucket. What goes wrong is a [CommandFailedException] that says so.
public final class Bucket implements AutoCloseable {
    private final S3Client client;
    private final String name;

    private Bucket(S3Client client, String name) {
        this.client = client;
        this.name = name;
    }

    /// Where a bucket is, and who asks.
    public record Address(
            String endpoint, String region, String accessKey, String secretKey, String bucket) {}

    public static Bucket open(Address at) {
        S3Client client =
                S3Client.builder()
                        .endpointOverride(URI.create(at.endpoint()))
                        .region(Region.of(at.region()))
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create(at.accessKey(), at.secretKey())))
                        .forcePathStyle(true)
                        // The local server does not read the checksum that trails a body.
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .build();
        return new Bucket(client, at.bucket());
    }

    /// The objects whose keys begin so, by their keys.
    public List<StoredObject> list(String prefix) {
        ListObjectsV2Request request =
                ListObjectsV2Request.builder().bucket(name).prefix(prefix).build();
        return asked(
                "list " + prefix,
                () ->
                        client.listObjectsV2Paginator(request).contents().stream()
                                .map(Bucket::stored)
                                .toList());
    }

    private static StoredObject stored(S3Object object) {
        return new StoredObject(
                object.key(), plain(object.eTag()), object.size(), object.lastModified());
    }

    private static String plain(String etag) {
        return etag.replace("\"", "");
    }

    /// All of a small object, if it is there.
    public Optional<byte[]> read(String key) {
        return asked(
                "read " + key,
                () -> {
                    try {
                        return Optional.of(bytes(request(key).build()).asByteArrayUnsafe());
                    } catch (NoSuchKeyException _) {
                        return Optional.empty();
                    }
                });
    }

    /// @param length at least 1; fewer bytes come at the end of the object
    /// @throws CommandFailedException if the object is not the same any more, or cannot be read
    public byte[] read(StoredObject object, long from, int length) {
        String range = "bytes=%d-%d".formatted(from, from + length - 1);
        return asked(
                "read " + range + " of " + object.key(),
                () -> {
                    var part = bytes(request(object.key()).range(range).build());
                    if (!plain(part.response().eTag()).equals(object.etag())) {
                        throw new CommandFailedException(
                                object.key() + " was replaced while it was read");
                    }
                    return part.asByteArrayUnsafe();
                });
    }

    private GetObjectRequest.Builder request(String key) {
        return GetObjectRequest.builder().bucket(name).key(key);
    }

    private ResponseBytes<GetObjectResponse> bytes(GetObjectRequest request) {
        return client.getObjectAsBytes(request);
    }

    public void write(String key, byte[] content) {
        put(key, RequestBody.fromBytes(content));
    }

    public void write(String key, Path file) {
        put(key, RequestBody.fromFile(file));
    }

    private void put(String key, RequestBody body) {
        PutObjectRequest request = PutObjectRequest.builder().bucket(name).key(key).build();
        var _ = asked("write " + key, () -> client.putObject(request, body));
    }

    /// No error if it is not there.
    public void delete(String key) {
        DeleteObjectRequest request = DeleteObjectRequest.builder().bucket(name).key(key).build();
        var _ = asked("delete " + key, () -> client.deleteObject(request));
    }

    /// An upload of a file of any size, in parts.
    public Upload upload(String key) {
        return new Upload(client, name, key);
    }

    static <T> T asked(String what, Supplier<T> question) {
        try {
            return question.get();
        } catch (SdkException e) {
            throw new CommandFailedException("cannot %s: %s".formatted(what, e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
