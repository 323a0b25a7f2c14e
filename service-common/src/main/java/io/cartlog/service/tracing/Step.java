package io.cartlog.service.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;

/// A piece of work in a trace that is followed. It is seen once it has ended; one that never ends,
/// because its work was dropped, is never seen.
///
/// Attributes say what was done and where, never to whom: no account, no product, no token.
public final class Step implements AutoCloseable {
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    private final Span span;

    Step(Span span) {
        this.span = span;
    }

    /// For whoever goes on.
    public TraceParent place() {
        return new TraceParent(
                span.getSpanContext().getTraceId(), span.getSpanContext().getSpanId(), true);
    }

    public Step rename(String name) {
        span.updateName(name);
        return this;
    }

    public Step put(String attribute, String value) {
        span.setAttribute(attribute, value);
        return this;
    }

    public Step put(String attribute, long value) {
        span.setAttribute(attribute, value);
        return this;
    }

    /// @param type of the error, one of few: a status, the name of a class
    public Step failed(String type) {
        span.setAttribute(ERROR_TYPE, type);
        span.setStatus(StatusCode.ERROR);
        return this;
    }

    /// Ends the step.
    @Override
    public void close() {
        span.end();
    }
}
