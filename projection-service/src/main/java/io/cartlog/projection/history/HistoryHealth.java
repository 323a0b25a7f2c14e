package io.cartlog.projection.history;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/// UP while the log is being read into the index.
@Component("history-index")
class HistoryHealth implements HealthIndicator {
    private final IndexTail tail;

    HistoryHealth(IndexTail tail) {
        this.tail = tail;
    }

    @Override
    public Health health() {
        RuntimeException failure = tail.failure();
        return failure == null
                ? Health.up().withDetail("caughtUp", tail.caughtUp().getCount() == 0).build()
                : Health.down(failure).build();
    }
}
