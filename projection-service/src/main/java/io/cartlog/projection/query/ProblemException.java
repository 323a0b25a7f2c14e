package io.cartlog.projection.query;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// A question that cannot be answered, and why, as the caller is told.
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String code;
    private final @Nullable String parameter;

    private ProblemException(
            HttpStatus status, String code, String detail, @Nullable String parameter) {
        super(detail);
        this.status = status;
        this.code = code;
        this.parameter = parameter;
    }

    static ProblemException parameter(String parameter, String detail) {
        return new ProblemException(HttpStatus.BAD_REQUEST, "invalid-parameter", detail, parameter);
    }

    static ProblemException notFound(String code, String detail) {
        return new ProblemException(HttpStatus.NOT_FOUND, code, detail, null);
    }

    static ProblemException tooBusy(String detail) {
        return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, "view-is-moving", detail, null);
    }

    HttpStatus status() {
        return status;
    }

    String code() {
        return code;
    }

    @Nullable String parameter() {
        return parameter;
    }
}
