package io.cartlog.sink.status;

import io.cartlog.sink.AnalyticsSink;
import io.cartlog.sink.WarehouseLoader;
import io.cartlog.sink.clicks.ClickLoader;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/// Down while the lake cannot be written. A warehouse that is away is told, but takes nothing down:
/// the lake goes on without it (S4-18).
@Component
class SinkHealth implements HealthIndicator {
    private final AnalyticsSink sink;
    private final WarehouseLoader loader;
    private final ClickLoader clicks;

    SinkHealth(AnalyticsSink sink, WarehouseLoader loader, ClickLoader clicks) {
        this.sink = sink;
        this.loader = loader;
        this.clicks = clicks;
    }

    @Override
    public Health health() {
        Health.Builder health = sink.failure() == null ? Health.up() : Health.down();
        detail(health, "lake", sink.failure());
        detail(health, "warehouse", loader.failure());
        detail(health, "clicks", clicks.failure());
        return health.build();
    }

    private static void detail(Health.Builder health, String name, @Nullable String failure) {
        health.withDetail(name, failure == null ? "written" : failure);
    }
}
