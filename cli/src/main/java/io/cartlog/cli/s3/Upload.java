package io.cartlog.cli.s3;

import io.cartlog.cli.terminal.CommandFailedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/// A file's way into the bucket: in parts, some of them at once, so that its size is not limited by
/// memory or by what one request may have. It is there when all of it is there, and not before.
public final class Upload {
    private static final int AT_ONCE = 4;
    private static final int LEAST_PART = 16 << 20;

    /// More parts than this are not taken.
    private static final int MOST_PARTS = 10_000;

    private final S3Client client;
    private final String bucket;
    private final String key;

    Upload(S3Client client, String bucket, String key) {
        this.client = client;
        this.bucket = bucket;
        this.key = key;
    }

    /// @param onProgress is told how many bytes are there
    /// @throws CommandFailedException if the file cannot be read, or the bucket does not take it
    public void send(Path file, LongConsumer onProgress) {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            if (size <= LEAST_PART) {
                put(file);
                onProgress.accept(size);
            } else {
                sendParts(channel, size, onProgress);
            }
        } catch (IOException e) {
            throw new CommandFailedException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void put(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        var _ =
                Bucket.asked(
                        "write " + key,
                        () ->
                                client.putObject(
                                        it -> it.bucket(bucket).key(key),
                                        RequestBody.fromBytes(content)));
    }

    private void sendParts(FileChannel file, long size, LongConsumer onProgress) {
        String id =
                Bucket.asked(
                                "begin " + key,
                                () ->
                                        client.createMultipartUpload(
                                                it -> it.bucket(bucket).key(key)))
                        .uploadId();
        boolean whole = false;
        try {
            List<CompletedPart> parts = parts(file, size, id, onProgress);
            var _ =
                    Bucket.asked(
                            "complete " + key,
                            () ->
                                    client.completeMultipartUpload(it ->
                                            it.bucket(bucket)
                                                    .key(key)
                                                    .uploadId(id)
                                                    .multipartUpload(all -> all.parts(parts))));
            whole = true;
        } finally {
            if (!whole) {
                client.abortMultipartUpload(it -> it.bucket(bucket).key(key).uploadId(id));
            }
        }
    }

    private List<CompletedPart> parts(
            FileChannel file, long size, String id, LongConsumer onProgress) {
        int length = Math.toIntExact(Math.max(LEAST_PART, size / MOST_PARTS + 1));
        AtomicLong sent = new AtomicLong();
        List<Future<CompletedPart>> parts = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (long from = 0; from < size; from += length) {
                long start = from;
                int number = parts.size() + 1;
                int bytes = Math.toIntExact(Math.min(length, size - from));
                parts.add(
                        threads.submit(() -> {
                            CompletedPart part = part(file, start, bytes, number, id);
                            onProgress.accept(sent.addAndGet(bytes));
                            return part;
                        }));
            }
            return all(parts, threads);
        }
    }

    private static List<CompletedPart> all(
            List<Future<CompletedPart>> parts, ExecutorService threads) {
        List<CompletedPart> done = new ArrayList<>();
        try {
            for (Future<CompletedPart> part : parts) {
                done.add(part.get());
            }
            return done;
        } catch (ExecutionException e) {
            threads.shutdownNow();
            throw new CommandFailedException("a part was not taken: " + e.getCause(), e);
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted", e);
        }
    }

    private CompletedPart part(FileChannel file, long from, int length, int number, String id)
            throws IOException {
        ByteBuffer content = ByteBuffer.allocate(length);
        while (content.hasRemaining()) {
            if (file.read(content, from + content.position()) < 0) {
                throw new IOException("the file has become shorter");
            }
        }
        String etag =
                client.uploadPart(
                                it -> it.bucket(bucket).key(key).uploadId(id).partNumber(number),
                                RequestBody.fromBytes(content.array()))
                        .eTag();
        return CompletedPart.builder().partNumber(number).eTag(etag).build();
    }
}
