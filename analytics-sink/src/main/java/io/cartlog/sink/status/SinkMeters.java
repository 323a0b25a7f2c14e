package io.cartlog.sink.status;

import io.cartlog.sink.AnalyticsSink;
import io.cartlog.sink.WarehouseLoader;
import io.cartlog.sink.clicks.ClickLoader;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/// The sink in numbers, for Prometheus.
@Component
class SinkMeters implements MeterBinder {
    private final AnalyticsSink sink;
    private final WarehouseLoader loader;
    private final ClickLoader clicks;

    SinkMeters(AnalyticsSink sink, WarehouseLoader loader, ClickLoader clicks) {
        this.sink = sink;
        this.loader = loader;
        this.clicks = clicks;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("cartlog.sink.rows", sink, AnalyticsSink::rowsWritten)
                .description("Rows written to files since the start")
                .register(registry);
        FunctionCounter.builder("cartlog.sink.dead.letters", sink, AnalyticsSink::unreadableRecords)
                .description("Records of the log that could not be read")
                .register(registry);
        FunctionCounter.builder("cartlog.sink.refused.commits", sink, AnalyticsSink::refusedCommits)
                .description("Commits refused because another sink was faster")
                .register(registry);
        FunctionCounter.builder("cartlog.sink.commits", sink, AnalyticsSink::commits)
                .description("Commits of this instance to the lake")
                .register(registry);
        FunctionCounter.builder("cartlog.sink.late", sink, AnalyticsSink::lateRows)
                .description("Events that happened more than an hour before they were recorded")
                .register(registry);
        Gauge.builder("cartlog.lake.rows", sink, s -> s.state().rows())
                .description("Events in the lake")
                .register(registry);
        Gauge.builder("cartlog.lake.files", sink, s -> s.state().files())
                .description("Data files in the lake")
                .register(registry);
        Gauge.builder("cartlog.lake.failing", sink, s -> s.failure() == null ? 0 : 1)
                .description("1 while the lake cannot be written")
                .register(registry);
        Gauge.builder("cartlog.warehouse.rows", loader, l -> l.ledger().rows())
                .description("Events in the warehouse")
                .register(registry);
        Gauge.builder("cartlog.warehouse.quarantined", loader, l -> l.ledger().quarantined())
                .description("Files of the lake that cannot be loaded and wait to be repaired")
                .register(registry);
        Gauge.builder("cartlog.warehouse.failing", loader, l -> l.failure() == null ? 0 : 1)
                .description("1 while the warehouse cannot be loaded")
                .register(registry);
        Gauge.builder("cartlog.clicks.rows", clicks, c -> c.ledger().clicks())
                .description("Clicks in the warehouse")
                .register(registry);
        Gauge.builder("cartlog.clicks.failing", clicks, c -> c.failure() == null ? 0 : 1)
                .description("1 while clicks cannot be loaded")
                .register(registry);
    }
}
