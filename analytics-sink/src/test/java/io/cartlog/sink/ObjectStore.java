package io.cartlog.sink;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/// What is in the object store, looked at past the lake.
final class ObjectStore {
    private ObjectStore() {}

    /// The objects under a folder, by their names without it.
    static Map<String, byte[]> of(World world, String folder) {
        URI place = URI.create(folder);
        String prefix = place.getPath().substring(1) + "/";
        Map<String, byte[]> objects = new HashMap<>();
        try (S3Client s3 = client(world)) {
            for (S3Object o :
                    s3.listObjectsV2Paginator(l -> l.bucket(place.getHost()).prefix(prefix))
                            .contents()) {
                objects.put(
                        o.key().substring(prefix.length()),
                        s3.getObjectAsBytes(g -> g.bucket(place.getHost()).key(o.key()))
                                .asByteArray());
            }
        }
        return objects;
    }

    static byte[] read(World world, String location) {
        URI place = URI.create(location);
        try (S3Client s3 = client(world)) {
            return s3.getObjectAsBytes(
                            g -> g.bucket(place.getHost()).key(place.getPath().substring(1)))
                    .asByteArray();
        }
    }

    static void delete(World world, String location) {
        URI place = URI.create(location);
        try (S3Client s3 = client(world)) {
            s3.deleteObject(d -> d.bucket(place.getHost()).key(place.getPath().substring(1)));
        }
    }

    static void put(World world, String location, byte[] content) {
        URI place = URI.create(location);
        try (S3Client s3 = client(world)) {
            s3.putObject(
                    p -> p.bucket(place.getHost()).key(place.getPath().substring(1)),
                    RequestBody.fromBytes(content));
        }
    }

    static boolean has(World world, String location) {
        URI place = URI.create(location);
        try (S3Client s3 = client(world)) {
            return s3
                    .listObjectsV2(
                            l -> l.bucket(place.getHost()).prefix(place.getPath().substring(1)))
                    .contents()
                    .stream()
                    .anyMatch(o -> o.key().equals(place.getPath().substring(1)));
        }
    }

    static byte[] get(World world, String location) {
        URI place = URI.create(location);
        try (S3Client s3 = client(world)) {
            return s3.getObjectAsBytes(
                            g -> g.bucket(place.getHost()).key(place.getPath().substring(1)))
                    .asByteArray();
        }
    }

    private static S3Client client(World world) {
        var keys =
                AwsBasicCredentials.create(
                        world.addresses.accessKey(), world.addresses.secretKey());
        return S3Client.builder()
                .endpointOverride(world.addresses.s3())
                .region(Region.of(world.addresses.region()))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(keys))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }
}
