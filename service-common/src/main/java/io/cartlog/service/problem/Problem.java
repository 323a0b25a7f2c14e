package io.cartlog.service.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Why a request was turned away at the door.
///
/// @param code in kebab case
/// @param detail a sentence without quotation marks or backslashes, and nothing of the request's
public record Problem(int status, String code, String detail) {
    private static final String TYPE = "/problems/";

    public Problem {
        if (detail.indexOf('"') >= 0 || detail.indexOf('\\') >= 0) {
            throw new IllegalArgumentException("detail: " + detail);
        }
    }

    /// What a server says by a status, where nobody has said more.
    static Problem of(int status) {
        return switch (status) {
            case 404 -> new Problem(404, "not-found", "there is nothing at this address");
            case 405 ->
                    new Problem(
                            405, "method-not-allowed", "this address does not take this method");
            default ->
                    status < 500
                            ? new Problem(status, "bad-request", "the request is malformed")
                            : new Problem(status, "internal-error", "something is broken here");
        };
    }

    /// Writes status and body; other headers are the caller's.
    public void answer(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String traceId = TraceId.of(request);
        response.setStatus(status);
        response.setHeader(TraceId.HEADER, traceId);
        response.setContentType("application/problem+json");
        byte[] body = body(traceId).getBytes(StandardCharsets.UTF_8);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private String body(String traceId) {
        return """
        {"type":"%s%s","title":"%s","status":%d,"detail":"%s","code":"%s","traceId":"%s"}\
        """
                .formatted(TYPE, code, title(), status, detail, code, traceId);
    }

    private String title() {
        return code.substring(0, 1).toUpperCase(Locale.ROOT) + code.substring(1).replace('-', ' ');
    }
}
