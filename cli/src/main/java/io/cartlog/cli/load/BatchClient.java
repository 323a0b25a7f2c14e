package io.cartlog.cli.load;

import io.cartlog.cli.service.Service.AwayException;
import io.cartlog.cli.terminal.CommandFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Posts batches until they are answered. Sending one again is safe: every line has its key.
final class BatchClient {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final int SHOWN_BODY = 500;

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    private final URI endpoint;
    private final Supplier<String> tokens;
    private final Pace pace;

    /// @param path of the endpoint
    BatchClient(URI server, String path, Supplier<String> tokens, Pace pace) {
        this.endpoint = server.resolve(path);
        this.tokens = tokens;
        this.pace = pace;
    }

    /// @param onRetry called before each further attempt
    /// @throws CommandFailedException if the service does not take the batch, or has not answered
    ///   it for as long as [Pace#retryFor]
    /// @throws InterruptedException if the load was stopped
    List<Answer> send(Batch batch, Runnable onRetry) throws InterruptedException {
        byte[] body = batch.body();
        long firstAttempt = System.nanoTime();
        Duration pause = FIRST_PAUSE;
        while (true) {
            String trouble;
            try {
                return attempt(batch, body);
            } catch (AwayException e) {
                trouble = String.valueOf(e.getMessage());
            } catch (IOException e) {
                trouble = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            }
            if (System.nanoTime() - firstAttempt >= pace.retryFor().toNanos()) {
                throw gaveUp(trouble);
            }
            onRetry.run();
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            pause =
                    pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                            ? pause.multipliedBy(2)
                            : LONGEST_PAUSE;
        }
    }

    /// @throws IOException if trying again may help
    private List<Answer> attempt(Batch batch, byte[] body)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> response = http.send(request(body), BodyHandlers.ofInputStream());
        try (InputStream answer = response.body()) {
            int status = response.statusCode();
            if (status >= 500 || status == 429 || status == 408) {
                throw new IOException("status " + status);
            }
            if (status != 200) {
                throw notTaken(status, answer);
            }
            List<Answer> answers = batch.answers(answer);
            // A line that was not decided may be overtaken by none of its account, so all go again.
            for (Answer line : answers) {
                if (line.transientFailure()) {
                    throw new IOException("line " + line.line() + ": " + line.reason());
                }
            }
            return answers;
        }
    }

    private HttpRequest request(byte[] body) {
        return HttpRequest.newBuilder(endpoint)
                .timeout(pace.requestTimeout())
                .header("Authorization", "Bearer " + tokens.get())
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }

    private CommandFailedException notTaken(int status, InputStream answer) throws IOException {
        String text = new String(answer.readNBytes(SHOWN_BODY), StandardCharsets.UTF_8);
        return new CommandFailedException("%s answered %d: %s".formatted(endpoint, status, text));
    }

    private CommandFailedException gaveUp(String trouble) {
        return new CommandFailedException(
                "%s has not taken a batch for %d s (%s). Load again when it is back: what is in is"
                                .formatted(endpoint, pace.retryFor().toSeconds(), trouble)
                        + " not added twice.");
    }
}
