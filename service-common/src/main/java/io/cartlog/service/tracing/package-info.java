/// Traces: follows a command through the services by the trace context in the headers of requests
/// and records, and sends the spans to a collector. The only package that knows OpenTelemetry; it
/// knows neither HTTP nor Kafka.
@NullMarked
package io.cartlog.service.tracing;

import org.jspecify.annotations.NullMarked;
