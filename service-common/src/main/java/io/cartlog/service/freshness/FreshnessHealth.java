package io.cartlog.service.freshness;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Out of service while the store is older than it may be: it works, and shows what was.
public final class FreshnessHealth implements HealthIndicator {
    private final LogAge age;
    private final Duration bound;

    public FreshnessHealth(LogAge age, Duration bound) {
        this.age = age;
        this.bound = bound;
    }

    @Override
    public Health health() {
        Duration now = age.now();
        Map<String, Long> details = new TreeMap<>();
        details.put("ageSeconds", now.toSeconds());
        details.put("boundSeconds", bound.toSeconds());
        Health.Builder health = now.compareTo(bound) <= 0 ? Health.up() : Health.outOfService();
        return health.withDetails(details).build();
    }
}
