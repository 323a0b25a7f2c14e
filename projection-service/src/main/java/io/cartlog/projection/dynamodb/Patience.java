package io.cartlog.projection.dynamodb;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/// Tries a write again for as long as the store is away, overloaded or busy with another writer;
/// with growing pauses, drawn by lot so that writers do not come back all at once. Everything else
/// is thrown at once.
final class Patience {
    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
    private static final Duration FIRST = Duration.ofMillis(20);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /// The attempt from which on it is no hiccup any more.
    private static final int LOUD = 2;

    /// How often a call is asked for the rest of what it has left unprocessed, in vain.
    private static final int PARTS = 6;

    private final Counter retries;
    private final Counter unprocessed;
    private final AtomicReference<@Nullable Instant> waitingSince = new AtomicReference<>();
    private final AtomicInteger open = new AtomicInteger();

    /// When a call was last answered, or begun while no other was open.
    private volatile Instant lastMoved = Instant.EPOCH;

    Patience(MeterRegistry meters) {
        this.retries =
                Counter.builder("cartlog.dynamodb.retries")
                        .description("Calls that were tried again")
                        .register(meters);
        this.unprocessed =
                Counter.builder("cartlog.dynamodb.unprocessed")
                        .description("Keys that the store has left unprocessed")
                        .register(meters);
        Gauge.builder("cartlog.dynamodb.waiting", this, Patience::waitingSeconds)
                .description("For how long calls have been open and none was answered")
                .baseUnit("seconds")
                .register(meters);
    }

    /// A store that hangs answers no call, and throws for none for minutes.
    private double waitingSeconds() {
        return open.get() == 0
                ? 0
                : (double) Duration.between(lastMoved, Instant.now()).toMillis() / 1000;
    }

    <T> T untilDone(String what, Supplier<T> call) throws InterruptedException {
        if (open.getAndIncrement() == 0) {
            lastMoved = Instant.now();
        }
        try {
            return triedUntilDone(what, call);
        } finally {
            open.decrementAndGet();
        }
    }

    private <T> T triedUntilDone(String what, Supplier<T> call) throws InterruptedException {
        for (int attempt = 0; ; attempt++) {
            try {
                T result = call.get();
                lastMoved = Instant.now();
                resumed();
                return result;
            } catch (AbortedException e) {
                throw (InterruptedException) new InterruptedException(what).initCause(e);
            } catch (SdkException e) {
                if (!mayPass(e)) {
                    throw e;
                }
                waiting(what, attempt, e);
                Thread.sleep(pause(attempt));
            }
        }
    }

    /// Waits a little for a store that has done a call in part only, with growing pauses.
    ///
    /// @param inVain how often it has done nothing of the rest
    /// @throws SdkClientException if that is often enough: the call may be tried again as a whole
    void awaitRest(int keys, int inVain) {
        unprocessed.increment(keys);
        if (inVain >= PARTS) {
            throw SdkClientException.create("the store leaves keys unprocessed");
        }
        try {
            Thread.sleep(pause(inVain));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AbortedException.create("interrupted", e);
        }
    }

    private void resumed() {
        Instant since = waitingSince.get();
        if (since != null && waitingSince.compareAndSet(since, null)) {
            LOG.atInfo().addKeyValue("since", since).log("DynamoDB takes writes again");
        }
    }

    private void waiting(String what, int attempt, SdkException e) {
        retries.increment();
        if (attempt >= LOUD && waitingSince.compareAndSet(null, Instant.now())) {
            LOG.atWarn()
                    .addKeyValue("call", what)
                    .setCause(e)
                    .log("DynamoDB does not take a write, trying again until it does");
        }
    }

    private static Duration pause(int attempt) {
        long most = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(attempt, 10));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    }

    private static boolean mayPass(SdkException e) {
        return switch (e) {
            case TransactionCanceledException canceled ->
                    canceled.cancellationReasons().stream().allMatch(Patience::mayPass);
            case TransactionConflictException _, TransactionInProgressException _ -> true;
            case AwsServiceException service ->
                    service.isThrottlingException() || service.statusCode() >= 500;
            case SdkClientException _ -> true;
            default -> e.retryable();
        };
    }

    private static boolean mayPass(CancellationReason reason) {
        String code = reason.code() == null ? "None" : reason.code();
        return switch (code) {
            case "None",
                    "TransactionConflict",
                    "ThrottlingError",
                    "ProvisionedThroughputExceeded" ->
                    true;
            default -> false;
        };
    }
}
