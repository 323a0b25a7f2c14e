package io.cartlog.cli.views;

import io.cartlog.cli.service.Service;
import io.cartlog.cli.service.Service.AwayException;
import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.Gauge;
import io.cartlog.cli.terminal.Json;
import io.cartlog.cli.terminal.Terminal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Follows a rebuild until somebody has to decide, or nothing is left to do.
final class Watch {
    private static final Duration EVERY = Duration.ofSeconds(1);

    /// A service that is started again goes on with the rebuild.
    private static final Duration AWAY_AT_MOST = Duration.ofMinutes(2);

    private final ViewOptions view;
    private final Terminal terminal;
    private final Service service;
    private final boolean asBar;
    private @Nullable Gauge bar;
    private long answeredAt = System.nanoTime();

    Watch(ViewOptions view) {
        this.view = view;
        this.terminal = view.terminal();
        this.service = view.service();
        this.asBar = terminal.interactive() && !view.output.json();
    }

    /// @param first a status with a candidate
    /// @return 0 when the version is live, or waits to be promoted as ordered; 3 when it was held
    ///   back
    /// @throws CommandFailedException if it failed or was given up
    int follow(JsonNode first) throws InterruptedException {
        int version = first.at("/candidate/version").asInt();
        try {
            JsonNode status = first;
            while (!isOver(status, version)) {
                show(status);
                Thread.sleep(EVERY);
                status = next(status);
            }
            show(status);
            return end(status, version);
        } finally {
            if (bar != null) {
                bar.close();
            }
        }
    }

    private JsonNode next(JsonNode before) {
        try {
            JsonNode status = view.status(service);
            answeredAt = System.nanoTime();
            return status;
        } catch (AwayException e) {
            if (System.nanoTime() - answeredAt > AWAY_AT_MOST.toNanos()) {
                throw e;
            }
            terminal.say("the service is away, the rebuild goes on when it is back");
            return before;
        }
    }

    private static boolean isOver(JsonNode status, int version) {
        return status.at("/candidate/version").asInt(0) != version
                || state(status).equals("FAILED")
                || (state(status).equals("LEVEL")
                        && status.at("/candidate/promote").asString("").equals("MANUAL"));
    }

    private static String state(JsonNode status) {
        return status.at("/beside/state").asString("");
    }

    private void show(JsonNode status) {
        if (!asBar) {
            terminal.print(Json.line(status));
            return;
        }
        JsonNode beside = status.path("beside");
        if (bar == null) {
            bar = terminal.gauge("views", "events", beside.path("end").asLong());
        }
        bar.of(beside.path("end").asLong());
        bar.at(beside.path("position").asLong());
    }

    private int end(JsonNode status, int version) {
        if (status.at("/live/version").asInt() == version) {
            terminal.say("version %d is live".formatted(version));
            return ExitCode.DONE;
        }
        if (status.at("/candidate/version").asInt(0) != version) {
            throw new CommandFailedException("version %d was given up".formatted(version));
        }
        if (state(status).equals("FAILED")) {
            throw new CommandFailedException(
                    "version %d failed: %s"
                            .formatted(version, status.at("/beside/failed").asString("")));
        }
        String held = status.at("/candidate/held").asString("");
        terminal.say(
                held.isEmpty()
                        ? "version %d is level and waits to be promoted".formatted(version)
                        : "version %d was held back: %s".formatted(version, held));
        return held.isEmpty() ? ExitCode.DONE : ExitCode.DIFFERENCE;
    }
}
