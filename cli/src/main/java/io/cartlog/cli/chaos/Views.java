package io.cartlog.cli.chaos;

import io.cartlog.cli.service.LongAnswer;
import io.cartlog.cli.service.Service;
import io.cartlog.cli.service.Service.AwayException;
import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.terminal.Terminal;
import java.time.Duration;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// The views of the stack, asked by an operator who is not put off when they do not answer for a
/// while.
///
/// @param service the first projection-service
record Views(Service service, Terminal terminal) {
    private static final String VIEW = "/internal/views/CustomerPurchases";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    /// What the proof says.
    ///
    /// @param digest of the table
    /// @param expectedDigest of the log
    record Proof(long accounts, long differences, String digest, String expectedDigest) {
        boolean holds() {
            return differences == 0 && accounts > 0 && digest.equals(expectedDigest);
        }

        String text() {
            return "%,d accounts, %,d differences".formatted(accounts, differences);
        }
    }

    /// Orders a new version that takes the place of the live one by itself.
    ///
    /// @param budget writes a second; 0 for as many as the store takes
    /// @return its number
    int rebuild(int budget) {
        return service.post(VIEW + "/rebuild?promote=auto&budget=" + budget)
                .at("/candidate/version")
                .asInt();
    }

    /// @param wanted of the status
    JsonNode await(String what, Predicate<JsonNode> wanted) throws InterruptedException {
        return await(VIEW, what, wanted);
    }

    /// Until everything that is in the log can be read.
    void awaitAll() throws InterruptedException {
        JsonNode _ =
                await(
                        "/internal/progress",
                        "everything",
                        progress -> progress.path("lag").asLong(-1) == 0);
    }

    /// Until the views lack next to nothing of what they lacked, though more is written.
    void awaitNearly(long behind) throws InterruptedException {
        JsonNode _ =
                await(
                        "/internal/progress",
                        "what is missing",
                        progress ->
                                progress.path("lag").asLong(Long.MAX_VALUE)
                                        <= Math.max(100, behind / 100));
    }

    private JsonNode await(String path, String what, Predicate<JsonNode> wanted)
            throws InterruptedException {
        long since = System.nanoTime();
        while (true) {
            try {
                JsonNode status = service.get(path);
                if (wanted.test(status)) {
                    return status;
                }
            } catch (AwayException e) {
                terminal.say("projection-service is away: " + e.getMessage());
            }
            if (System.nanoTime() - since > PATIENCE.toNanos()) {
                throw new CommandFailedException(
                        "waited for %s for %d s".formatted(what, PATIENCE.toSeconds()));
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    long lag() {
        return service.get("/internal/progress").path("lag").asLong(-1);
    }

    Proof verify() {
        JsonNode views =
                LongAnswer.report(service, VIEW + "/verify", "views", terminal).path("views");
        return new Proof(
                views.path("accounts").asLong(),
                views.path("differenceCount").asLong(-1),
                views.path("digest").asString(""),
                views.path("expectedDigest").asString(""));
    }
}
