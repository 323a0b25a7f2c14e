package io.cartlog.cli.bench;

import io.cartlog.cli.bench.RebuildReport.Rebuild;
import io.cartlog.cli.service.Service;
import io.cartlog.cli.stack.Stack;
import io.cartlog.cli.stack.StackStatus.ProcessStatus;
import io.cartlog.cli.terminal.CommandFailedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The projection-services of a stack, which share the partitions of the log.
record Projections(List<Service> all) {
    private static final String NAME = "projection-service";
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final String DELAY = "cartlog_projection_delay_seconds{quantile=\"0.99\"";

    /// @throws CommandFailedException if none is up
    static Projections of(Stack stack) {
        List<Service> all =
                stack.status().processes().stream()
                        .filter(process -> process.name().startsWith(NAME) && process.up())
                        .map(process -> service(process, stack))
                        .toList();
        if (all.isEmpty()) {
            throw new CommandFailedException(NAME + " is not up; start it with ./cartlog up");
        }
        return new Projections(all);
    }

    private static Service service(ProcessStatus process, Stack stack) {
        return new Service(process.name(), "http://127.0.0.1:" + process.port(), stack.opsTokens());
    }

    Service first() {
        return all.getFirst();
    }

    /// Until the views have all that the log has.
    void awaitAll() throws InterruptedException {
        while (first().get("/internal/progress").path("lag").asLong(-1) != 0) {
            Thread.sleep(LOOK_EVERY);
        }
    }

    /// What they have done for the version beside the live one; each its part, at the same time.
    Rebuild sum(String view) {
        Rebuild sum = new Rebuild(0, 0, 0, 0);
        for (Service service : all) {
            JsonNode beside = service.get(view).path("beside");
            sum =
                    new Rebuild(
                            sum.events() + beside.path("events").asLong(),
                            sum.eventsPerSecond() + beside.path("eventsPerSecond").asLong(),
                            sum.writes() + beside.path("writes").asLong(),
                            sum.writesPerSecond() + beside.path("writesPerSecond").asLong());
        }
        return sum;
    }

    /// The longer one of their delays of late, in seconds, p99.
    double delay() {
        double[] longest = {0};
        for (Service service : all) {
            service.download(
                    "/actuator/prometheus", body -> longest[0] = Math.max(longest[0], delay(body)));
        }
        return longest[0];
    }

    private static double delay(InputStream body) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> line.startsWith(DELAY))
                    .mapToDouble(
                            line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .max()
                    .orElseThrow(() -> new CommandFailedException("there is no delay"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
