package io.cartlog.projection.intake;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/// UP while the log is being read. Waiting for the store is no illness: it ends by itself. Nor are
/// parked accounts, which are counted: all others are served.
@Component("projection")
class IntakeHealth implements HealthIndicator {
    private final IntakeProgress progress;

    IntakeHealth(IntakeProgress progress) {
        this.progress = progress;
    }

    @Override
    public Health health() {
        if (progress.isRunning()) {
            return Health.up().withDetail("parked", progress.parkedAccounts()).build();
        }
        String failure = progress.failure();
        return failure == null
                ? Health.down().withDetail("intake", "not running").build()
                : Health.down().withDetail("failed", failure).build();
    }
}
