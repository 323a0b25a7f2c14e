package io.cartlog.service.tracing;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A place in a trace, as W3C Trace Context writes it: `00-<trace id>-<span id>-<flags>`.
///
/// @param traceId 32 hex digits, not all 0
/// @param spanId 16 hex digits, not all 0: what comes next hangs on this span
/// @param sampled whether somebody wants to see the trace
public record TraceParent(String traceId, String spanId, boolean sampled) {
    /// Header of requests and of records.
    public static final String HEADER = "traceparent";

    private static final int LONGEST = 512;
    private static final String FIRST_VERSION = "00";
    private static final Pattern FORM =
            Pattern.compile(
                    "((?!ff)[0-9a-f]{2})-((?!0{32})[0-9a-f]{32})-((?!0{16})[0-9a-f]{16})"
                            + "-([0-9a-f]{2})(-.*)?");

    /// @return null if the text is absent or no place in a trace
    public static @Nullable TraceParent parse(@Nullable String text) {
        if (text == null || text.length() > LONGEST) {
            return null;
        }
        Matcher given = FORM.matcher(text);
        if (!given.matches() || (given.group(1).equals(FIRST_VERSION) && given.group(5) != null)) {
            return null;
        }
        boolean sampled = (Integer.parseInt(given.group(4), 16) & 1) == 1;
        return new TraceParent(given.group(2), given.group(3), sampled);
    }

    /// As [#parse(String)], of a record's header.
    public static @Nullable TraceParent parse(byte @Nullable [] header) {
        return header == null || header.length > LONGEST
                ? null
                : parse(new String(header, StandardCharsets.US_ASCII));
    }

    /// As a record's header.
    public byte[] toBytes() {
        return toString().getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return FIRST_VERSION + "-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }
}
