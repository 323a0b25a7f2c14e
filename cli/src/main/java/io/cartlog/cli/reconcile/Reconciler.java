package io.cartlog.cli.reconcile;

import io.cartlog.cli.service.LongAnswer;
import io.cartlog.cli.service.Service;
import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.terminal.Json;
import io.cartlog.cli.terminal.Terminal;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
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
        try {
            return STRICT.treeToValue(
                    LongAnswer.report(service, "/internal/reconcile", name, terminal), type);
        } catch (JacksonException e) {
            throw new CommandFailedException(
                    "the report on the %s is not understood: %s"
                            .formatted(name, e.getOriginalMessage()),
                    e);
        }
    }
}
