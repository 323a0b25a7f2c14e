package io.cartlog.commands.kinesis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.KinesisClientBuilder;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/// The stream that rows come by.
final class RowStream implements AutoCloseable {
    /// Of one read; a stream gives five reads a second for each shard.
    private static final int MOST = 2_000;

    private final KinesisClient client;
    private final String name;

    private RowStream(KinesisClient client, String name) {
        this.client = client;
        this.name = name;
    }

    static RowStream open(StreamSettings settings) {
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
        return new RowStream(
                builder.build(), Objects.requireNonNull(settings.intakeStream(), "intakeStream"));
    }

    String name() {
        return name;
    }

    /// Shards that may be read now. One that came out of others waits until these are at their end,
    /// or gone: a key's older records are there.
    ///
    /// @param isAtItsEnd of a shard
    List<String> readable(Predicate<String> isAtItsEnd) {
        List<Shard> all = shards();
        Set<String> open =
                all.stream()
                        .map(Shard::shardId)
                        .filter(isAtItsEnd.negate())
                        .collect(Collectors.toSet());
        return all.stream()
                .filter(shard -> open.contains(shard.shardId()))
                .filter(shard -> parents(shard).noneMatch(open::contains))
                .map(Shard::shardId)
                .toList();
    }

    private static Stream<String> parents(Shard shard) {
        return Stream.of(shard.parentShardId(), shard.adjacentParentShardId())
                .filter(Objects::nonNull);
    }

    private List<Shard> shards() {
        List<Shard> shards = new ArrayList<>();
        ListShardsRequest request = ListShardsRequest.builder().streamName(name).build();
        while (true) {
            ListShardsResponse page = client.listShards(request);
            shards.addAll(page.shards());
            if (page.nextToken() == null) {
                return shards;
            }
            request = ListShardsRequest.builder().nextToken(page.nextToken()).build();
        }
    }

    /// @param after a record's number; null for the beginning of what the stream still has
    /// @return where to [#read]
    String iterator(String shard, @Nullable String after) {
        GetShardIteratorRequest.Builder request =
                GetShardIteratorRequest.builder().streamName(name).shardId(shard);
        if (after == null) {
            request.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
        } else {
            request.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                    .startingSequenceNumber(after);
        }
        return client.getShardIterator(request.build()).shardIterator();
    }

    /// @param next where to read on; null when the shard is closed and this is its end
    /// @param behind how far this is behind the newest record
    record Page(List<StreamRecord> records, @Nullable String next, Duration behind) {}

    /// @throws software.amazon.awssdk.core.exception.SdkException if the stream is away, wants to
    ///   be asked less often, or does not know the iterator any more
    Page read(String shard, String iterator) {
        GetRecordsResponse page =
                client.getRecords(
                        GetRecordsRequest.builder().shardIterator(iterator).limit(MOST).build());
        List<StreamRecord> records =
                page.records().stream()
                        .map(it ->
                                new StreamRecord(
                                        name,
                                        shard,
                                        it.sequenceNumber(),
                                        it.data().asByteArrayUnsafe()))
                        .toList();
        return new Page(records, page.nextShardIterator(), behind(page));
    }

    private static Duration behind(GetRecordsResponse page) {
        return Duration.ofMillis(Objects.requireNonNullElse(page.millisBehindLatest(), 0L));
    }

    @Override
    public void close() {
        client.close();
    }
}
