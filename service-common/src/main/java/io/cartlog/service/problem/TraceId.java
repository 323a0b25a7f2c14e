package io.cartlog.service.problem;

import io.cartlog.service.tracing.TraceParent;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;

/// By which a request is found again: 32 hex digits, of its `traceparent` (W3C Trace Context) or,
/// if it has none, its own.
public final class TraceId {
    /// Header of answers.
    public static final String HEADER = "Cartlog-Trace-Id";

    private static final String ATTRIBUTE = TraceId.class.getName();

    private TraceId() {}

    /// The same each time for one request.
    public static String of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof String known) {
            return known;
        }
        TraceParent given = TraceParent.parse(request.getHeader(TraceParent.HEADER));
        return is(
                request,
                given == null ? UUID.randomUUID().toString().replace("-", "") : given.traceId());
    }

    /// Before anybody has asked: the request is in a trace already.
    public static String is(HttpServletRequest request, String traceId) {
        request.setAttribute(ATTRIBUTE, traceId);
        return traceId;
    }
}
