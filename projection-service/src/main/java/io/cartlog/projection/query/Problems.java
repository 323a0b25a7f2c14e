package io.cartlog.projection.query;

import io.cartlog.projection.view.ViewsUnavailableException;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/// Every error as `application/problem+json` with a `code`, and with the `parameter` that is wrong.
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> problem(ProblemException e) {
        return answer(e.status(), e.code(), String.valueOf(e.getMessage()), e.parameter());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unavailable(ViewsUnavailableException e) {
        LOG.atWarn().setCause(e).log("the views cannot be read");
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, "5")
                .body(
                        detail(
                                HttpStatus.SERVICE_UNAVAILABLE,
                                "views-unavailable",
                                "the views cannot be read at the moment",
                                null));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unexpected(RuntimeException e) {
        LOG.atError().setCause(e).log("a query has failed");
        return answer(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal-error",
                "the query failed; the log says why",
                null);
    }

    @Override
    protected ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return parameter(e.getParameterName(), "the parameter is missing");
    }

    @Override
    protected ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return parameter(
                String.valueOf(e.getPropertyName()), "the parameter's value cannot be read");
    }

    private static ResponseEntity<Object> parameter(String parameter, String detail) {
        return ResponseEntity.badRequest()
                .body(detail(HttpStatus.BAD_REQUEST, "invalid-parameter", detail, parameter));
    }

    /// What Spring itself refuses: unknown paths, wrong methods.
    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (body instanceof ProblemDetail problem) {
            String title = String.valueOf(problem.getTitle());
            problem.setProperty("code", title.toLowerCase(Locale.ROOT).replace(' ', '-'));
        }
        return new ResponseEntity<>(body, headers, status);
    }

    private static ResponseEntity<ProblemDetail> answer(
            HttpStatus status, String code, String detail, @Nullable String parameter) {
        return ResponseEntity.status(status).body(detail(status, code, detail, parameter));
    }

    private static ProblemDetail detail(
            HttpStatus status, String code, String detail, @Nullable String parameter) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("urn:cartlog:problem:" + code));
        problem.setProperty("code", code);
        if (parameter != null) {
            problem.setProperty("parameter", parameter);
        }
        return problem;
    }
}
