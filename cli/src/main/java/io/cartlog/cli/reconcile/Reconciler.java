package io.cartlog.cli.reconcile;

import io.cartlog.cli.service.Service;
import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.terminal.Gauge;
import io.cartlog.cli.terminal.Json;
import io.cartlog.cli.terminal.Terminal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Has both services compare, side by side, and puts their reports together.
public final class Reconciler {
    private static final JsonMapper STRICT =
            Json.MAPPER
                    .rebuild()
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();
    private final Service projection;
    private final Service sink;
    private final Terminal terminal;

    /// @param projection base address of projection-service
    /// @param sink base address of analytics-sink
    /// @param tokens of an operator
    public Reconciler(String projection, String sink, Supplier<String> tokens, Terminal terminal) {
        this.projection = new Service("projection-service", projection, tokens);
        this.sink = new Service("analytics-sink", sink, tokens);
        // Two services tell of themselves at once, which is too much for one bar.
        this.terminal = terminal.plain();
    }

    /// @throws CommandFailedException if a service cannot compare
    public Reconciliation reconcile() {
        sink.post("/internal/flush");
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            Future<ViewsReport> views =
                    threads.submit(() -> report("views", projection, ViewsReport.class));
            Future<AnalyticsReport> analytics =
                    threads.submit(() -> report("analytics", sink, AnalyticsReport.class));
            return Reconciliation.of(views.get(), analytics.get());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CommandFailedException told
                    ? told
                    : new IllegalStateException("a report could not be made", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted", e);
        }
    }

    private <R> R report(String name, Service service, Class<R> type) {
        try (Answer answer = new Answer(name, terminal)) {
            service.postForLines("/internal/reconcile", answer::line);
            if (answer.report == null) {
                throw new CommandFailedException(
                        "the %s could not be reconciled: %s".formatted(name, answer.trouble));
            }
            return STRICT.treeToValue(answer.report, type);
        } catch (JacksonException e) {
            throw new CommandFailedException(
                    "the report on the %s is not understood: %s"
                            .formatted(name, e.getOriginalMessage()),
                    e);
        }
    }

    /// The lines of one answer: progress, stage by stage, and at last the report.
    private static final class Answer implements AutoCloseable {
        private final String name;
        private final Terminal terminal;
        private final Map<String, Gauge> open = new HashMap<>();
        private final Set<String> done = new HashSet<>();
        @Nullable JsonNode report;
        String trouble = "the answer ended without a report";

        Answer(String name, Terminal terminal) {
            this.name = name;
            this.terminal = terminal;
        }

        void line(JsonNode line) {
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
                    open.computeIfAbsent(
                            stage, s -> terminal.gauge(name + ": " + s, "done", total));
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
}
