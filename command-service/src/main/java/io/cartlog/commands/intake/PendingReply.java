package io.cartlog.commands.intake;

import io.cartlog.schemas.reply.ReplyEnvelope;
import io.cartlog.schemas.topic.Topics;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A command that is under way.
final class PendingReply {
    private final CompletableFuture<byte[]> bytes = new CompletableFuture<>();
    private final CompletableFuture<Boolean> written = new CompletableFuture<>();
    private final Runnable forget;

    /// @param forget called when nobody waits any more
    PendingReply(Runnable forget) {
        this.forget = forget;
    }

    void arrived(byte[] reply) {
        bytes.complete(reply);
    }

    /// The command is in the log.
    void written() {
        written.complete(true);
    }

    void notSent(Exception cause) {
        written.completeExceptionally(cause);
        bytes.completeExceptionally(cause);
    }

    /// Waits for the reply so long, and if it does not come, until the command is in the log.
    ///
    /// @param patience until the command is in the log
    /// @return null if the command is in the log, but there is no reply yet
    /// @throws ProblemException if the command may not be in the log
    @Nullable ReplyEnvelope within(Duration wait, Patience patience) {
        try {
            return bytes.isDone() || wait.isPositive() ? reply(wait) : whenWritten(patience);
        } catch (TimeoutException late) {
            return whenWritten(patience);
        } catch (ExecutionException e) {
            throw new ProblemException(Problem.logUnavailable());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Problem.logUnavailable());
        } finally {
            forget.run();
        }
    }

    private ReplyEnvelope reply(Duration wait)
            throws InterruptedException, ExecutionException, TimeoutException {
        return Topics.REPLIES.values().fromBytes(bytes.get(wait.toNanos(), TimeUnit.NANOSECONDS));
    }

    private @Nullable ReplyEnvelope whenWritten(Patience patience) {
        try {
            written.get(patience.leftNanos(), TimeUnit.NANOSECONDS);
            return null;
        } catch (TimeoutException | ExecutionException e) {
            throw new ProblemException(Problem.logUnavailable());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Problem.logUnavailable());
        }
    }

    /// Waits for the reply to a line of a batch.
    ///
    /// @throws ProblemException if there is none in time
    ReplyEnvelope await(Patience patience) {
        try {
            long left = patience.leftNanos();
            return Topics.REPLIES.values().fromBytes(bytes.get(left, TimeUnit.NANOSECONDS));
        } catch (TimeoutException | ExecutionException e) {
            // A send that failed may have been written all the same, so both mean: not known.
            throw new ProblemException(Problem.timedOut());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Problem.timedOut());
        } finally {
            forget.run();
        }
    }
}
