package io.cartlog.cli.service;

import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.terminal.Gauge;
import io.cartlog.cli.terminal.Terminal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// An answer that takes long: lines of progress, stage by stage, and at last a report.
public final class LongAnswer implements AutoCloseable {
    private final String name;
    private final Terminal terminal;
    private final Map<String, Gauge> open = new HashMap<>();
    private final Set<String> done = new HashSet<>();
    private @Nullable JsonNode report;
    private String trouble = "the answer ended without a report";

    private LongAnswer(String name, Terminal terminal) {
        this.name = name;
        this.terminal = terminal;
    }

    /// Posts, shows the progress, and gives the report.
    ///
    /// @param name of what is compared, for the person who waits
    /// @throws CommandFailedException if there is no report
    public static JsonNode report(Service service, String path, String name, Terminal terminal) {
        try (LongAnswer answer = new LongAnswer(name, terminal)) {
            service.postForLines(path, answer::line);
            if (answer.report == null) {
                throw new CommandFailedException(
                        "there is no report on the %s: %s".formatted(name, answer.trouble));
            }
            return answer.report;
        }
    }

    private void line(JsonNode line) {
        if (line.has("report")) {
            report = line.get("report");
        } else if (line.has("error")) {
            trouble = line.get("error").toString();
        } else if (line.has("progress")) {
            progress(line.get("progress"));
        }
    }

    private void progress(JsonNode progress) {
        String stage = progress.path("stage").asString("work");
        if (done.contains(stage)) {
            return;
        }
        long total = progress.path("total").asLong(0);
        long reached = progress.path("done").asLong(0);
        Gauge gauge =
                open.computeIfAbsent(stage, s -> terminal.gauge(name + ": " + s, "done", total));
        gauge.of(total);
        gauge.at(reached);
        if (reached >= total) {
            done.add(stage);
            open.remove(stage);
            gauge.close();
        }
    }

    @Override
    public void close() {
        open.values().forEach(Gauge::close);
    }
}
