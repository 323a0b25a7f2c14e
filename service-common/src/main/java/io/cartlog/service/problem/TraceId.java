package io.cartlog.service.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// By which a request is found again: 32 hex digits, of its `traceparent` (W3C Trace Context) or,
/// if it has none, its own.
public final class TraceId {
    /// Header of answers.
    public static final String HEADER = "Cartlog-Trace-Id";

    private static final String ATTRIBUTE = TraceId.class.getName();
    private static final Pattern TRACE_PARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");

    private TraceId() {}

    /// The same each time for one request.
    public static String of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof String known) {
            return known;
        }
        String id = parse(request.getHeader("traceparent"));
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }

    private static String parse(@Nullable String traceParent) {
        if (traceParent != null) {
            Matcher given = TRACE_PARENT.matcher(traceParent);
            if (given.matches()) {
                return given.group(1);
            }
        }
        return UUID.randomUUID().toString().replace("-", "");
    }
}
