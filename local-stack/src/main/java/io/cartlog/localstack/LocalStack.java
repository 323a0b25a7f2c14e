package io.cartlog.localstack;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Real Kafka, DynamoDB Local, S3 and PostgreSQL in this JVM (PostgreSQL as its child), on loopback
/// only, with their data in one folder that survives restarts and `kill -9`. Topics, bucket,
/// database and schemas are there when [#start] returns.
public final class LocalStack implements AutoCloseable {
    /// For all servers together, the recovery of a killed broker included.
    private static final Duration START_LIMIT = Duration.ofMinutes(4);

    private final Addresses addresses;
    private final Deque<AutoCloseable> servers = new ArrayDeque<>();
    private final Thread closeOnExit = new Thread(this::close, "close-local-stack");

    private LocalStack(Addresses addresses) {
        this.addresses = addresses;
    }

    /// All four servers on free ports.
    ///
    /// @throws LocalStackException if one of them cannot start
    public static LocalStack inFolder(Path data) {
        return start(LocalStackSettings.inFolder(data));
    }

    /// Starts the servers side by side and returns when all answer.
    ///
    /// @throws LocalStackException if one of them cannot start; the others are stopped again
    public static LocalStack start(LocalStackSettings settings) {
        LocalStack stack = new LocalStack(Addresses.of(settings.ports()));
        stack.servers.push(FolderLock.take(settings.data()));
        try {
            stack.startAll(settings);
            Runtime.getRuntime().addShutdownHook(stack.closeOnExit);
            return stack;
        } catch (LocalStackException e) {
            stack.closeAfter(e);
            throw e;
        }
    }

    public Addresses addresses() {
        return addresses;
    }

    /// Stops the servers, the last started first. Done at the end of the JVM too, lest PostgreSQL
    /// outlive it; a second time is harmless.
    @Override
    public synchronized void close() {
        forgetExit();
        @Nullable LocalStackException failure = null;
        while (!servers.isEmpty()) {
            failure = closeNext(failure);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void startAll(LocalStackSettings settings) {
        List<Starter> starters =
                settings.parts().stream()
                        .map(part -> Starter.of(part, () -> startPart(part, settings)))
                        .toList();
        Instant limit = Instant.now().plus(START_LIMIT);
        List<Throwable> failures = new ArrayList<>();
        starters.forEach(starter -> await(starter, limit, failures));
        if (!failures.isEmpty()) {
            throw failed(failures);
        }
    }

    private AutoCloseable startPart(Part part, LocalStackSettings settings) throws Exception {
        Path data = settings.data();
        Ports ports = settings.ports();
        return switch (part) {
            case KAFKA -> KafkaServer.start(data.resolve("kafka"), ports, settings.partitions());
            case DYNAMODB -> DynamoDbServer.start(data.resolve("dynamodb"), ports.dynamodb());
            case S3 -> S3Server.start(data.resolve("s3"), addresses);
            case POSTGRES ->
                    PostgresServer.start(
                            data.resolve("postgres"),
                            data.resolve("logs").resolve("postgres.log"),
                            addresses,
                            ports.postgres());
        };
    }

    private void await(Starter starter, Instant limit, List<Throwable> failures) {
        try {
            servers.push(starter.await(limit));
        } catch (ExecutionException e) {
            failures.add(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            failures.add(starter.late(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failures.add(e);
        }
    }

    private static LocalStackException failed(List<Throwable> failures) {
        Throwable first = failures.getFirst();
        LocalStackException failure =
                first instanceof LocalStackException known
                        ? known
                        : new LocalStackException("cannot start the local stack: " + first, first);
        failures.stream().skip(1).forEach(failure::addSuppressed);
        return failure;
    }

    private void closeAfter(LocalStackException failure) {
        try {
            close();
        } catch (LocalStackException e) {
            failure.addSuppressed(e);
        }
    }

    private void forgetExit() {
        try {
            Runtime.getRuntime().removeShutdownHook(closeOnExit);
        } catch (IllegalStateException _) {
            // The JVM is ending, and this is a part of it.
        }
    }

    private @Nullable LocalStackException closeNext(@Nullable LocalStackException failure) {
        try {
            servers.pop().close();
            return failure;
        } catch (Exception e) {
            if (failure == null) {
                return new LocalStackException("cannot stop the local stack: " + e, e);
            }
            failure.addSuppressed(e);
            return failure;
        }
    }
}
