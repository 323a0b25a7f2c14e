package io.cartlog.cli.load;

import java.time.Duration;
import picocli.CommandLine.Option;

/// How lines are sent.
public class SendingOptions {
    @Option(
            names = "--lanes",
            paramLabel = "N",
            defaultValue = "8",
            description =
                    "requests in flight at most; an account's lines always take the same lane"
                            + " (default: ${DEFAULT-VALUE})")
    int lanes = 8;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "1000",
            description = "lines in a request (default: ${DEFAULT-VALUE})")
    int batch = 1_000;

    @Option(
            names = "--retry-for",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description =
                    "how long a request is sent again, with the same keys, when a service does not"
                            + " answer (default: ${DEFAULT-VALUE})")
    long retrySeconds = 300;

    /// @throws IllegalArgumentException if a number is out of its range
    public Pace pace() {
        requireBetween("--lanes", lanes, 1, 64);
        requireBetween("--batch", batch, 1, 10_000);
        requireBetween("--retry-for", retrySeconds, 0, 86_400);
        return new Pace(lanes, batch, Duration.ofSeconds(retrySeconds), Duration.ofSeconds(60));
    }

    private static void requireBetween(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s must be between %d and %d, not %d".formatted(option, least, most, value));
        }
    }
}
