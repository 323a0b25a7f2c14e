package io.cartlog.projection.dynamodb;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;

/// Counts every attempt of a call that failed, also those that the SDK has tried again by itself:
/// that a store throttles is to be seen before anybody has to wait for it.
final class FailedAttempts implements MetricPublisher {
    private final MeterRegistry meters;

    FailedAttempts(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void publish(MetricCollection call) {
        for (MetricCollection attempt : call.children()) {
            for (String error : attempt.metricValues(CoreMetric.ERROR_TYPE)) {
                count(operation(call), error);
            }
        }
    }

    private static String operation(MetricCollection call) {
        return call.metricValues(CoreMetric.OPERATION_NAME).stream().findFirst().orElse("other");
    }

    private void count(String operation, String error) {
        Counter.builder("cartlog.dynamodb.failed.attempts")
                .description("Attempts of calls that failed, by operation and kind of error")
                .tag("operation", operation)
                .tag("error", error)
                .register(meters)
                .increment();
    }

    @Override
    public void close() {}
}
