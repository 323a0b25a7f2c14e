package io.cartlog.commands.intake;

import io.cartlog.schemas.reply.ReplyEnvelope;
import io.cartlog.schemas.topic.Topics;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A command that is under way.
final class PendingReply {
    private final CompletableFuture<byte[]> bytes = new CompletableFuture<>();
    private final Runnable forget;

    /// @param forget called when nobody waits any more
    PendingReply(Runnable forget) {
        this.forget = forget;
    }

    void arrived(byte[] reply) {
        bytes.complete(reply);
    }

    void notSent(Exception cause) {
        bytes.completeExceptionally(cause);
    }

    /// Waits for the reply.
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
