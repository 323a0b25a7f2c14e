package io.cartlog.projection.query;

import io.cartlog.projection.view.HistoryUnavailableException;
import io.cartlog.projection.view.Place;
import io.cartlog.projection.view.ViewRefusal.NoOtherVersion;
import io.cartlog.projection.view.ViewRefusal.NotLevel;
import io.cartlog.projection.view.ViewRefusal.NotParked;
import io.cartlog.projection.view.ViewRefusal.RebuildRunning;
import io.cartlog.projection.view.ViewRefusal.RecordNotFound;
import io.cartlog.projection.view.ViewRefusal.TooManyChanges;
import io.cartlog.projection.view.ViewRefusal.ViewNotFound;
import io.cartlog.projection.view.ViewRefusedException;
import io.cartlog.projection.view.ViewsUnavailableException;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/// Every error as `application/problem+json` with `code` and `traceId`, and with the `parameter`
/// that is wrong or the numbers that explain it.
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final String RETRY_SECONDS = "1";

    @ExceptionHandler
    ResponseEntity<Object> problem(ProblemException e) {
        return answer(e.code(), String.valueOf(e.getMessage()), e.members());
    }

    @ExceptionHandler
    ResponseEntity<Object> unavailable(ViewsUnavailableException e) {
        LOG.atWarn().setCause(e).log("the views cannot be read");
        return answer(
                ProblemCode.VIEWS_UNAVAILABLE, "the views cannot be read at the moment", Map.of());
    }

    @ExceptionHandler
    ResponseEntity<Object> unavailable(HistoryUnavailableException e) {
        LOG.atWarn().setCause(e).log("the log cannot be read");
        return answer(
                ProblemCode.LOG_UNAVAILABLE, "the log cannot be read at the moment", Map.of());
    }

    /// What the server finds when the query is first looked at, and the firewall when a header is.
    @ExceptionHandler({InvalidParameterException.class, RequestRejectedException.class})
    ResponseEntity<Object> malformed(RuntimeException e) {
        LOG.atDebug().setCause(e).log("a request is malformed");
        return answer(ProblemCode.BAD_REQUEST, "the query or a header is malformed", Map.of());
    }

    @ExceptionHandler
    ResponseEntity<Object> refused(ViewRefusedException e) {
        return switch (e.refusal()) {
            case ViewNotFound no ->
                    answer(
                            ProblemCode.VIEW_NOT_FOUND,
                            "there is no view " + no.view(),
                            Map.of("view", no.view()));
            case RebuildRunning running ->
                    answer(
                            ProblemCode.REBUILD_RUNNING,
                            "version %d is being built, or waits to be promoted"
                                    .formatted(running.version()),
                            Map.of("version", running.version()));
            case NoOtherVersion none ->
                    answer(ProblemCode.NO_OTHER_VERSION, none.detail(), Map.of());
            case NotLevel behind ->
                    answer(
                            ProblemCode.VERSION_NOT_LEVEL,
                            "version %d is not level with the live one in partitions %s"
                                    .formatted(behind.version(), behind.partitions()),
                            Map.of(
                                    "version", behind.version(),
                                    "partitions", behind.partitions()));
            case TooManyChanges many ->
                    answer(
                            ProblemCode.TOO_MANY_CHANGES,
                            "version %d would change %d items, %d are allowed"
                                    .formatted(many.version(), many.changes(), many.most()),
                            Map.of(
                                    "version", many.version(),
                                    "changes", many.changes(),
                                    "maxChange", many.most()));
            case RecordNotFound no ->
                    answer(
                            ProblemCode.RECORD_NOT_FOUND,
                            "the log has no record at " + no.at(),
                            place(no.at()));
            case NotParked no ->
                    answer(
                            ProblemCode.NOT_PARKED,
                            "no account waits for the record at " + no.at(),
                            place(no.at()));
        };
    }

    private static Map<String, Object> place(Place at) {
        return Map.of("partition", at.partition(), "offset", at.offset());
    }

    @ExceptionHandler
    ResponseEntity<Object> unexpected(RuntimeException e) {
        LOG.atError().setCause(e).log("a query has failed");
        return answer(ProblemCode.INTERNAL_ERROR, "the query failed; the log says why", Map.of());
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
        String name =
                e instanceof MethodArgumentTypeMismatchException argument
                        ? argument.getName()
                        : String.valueOf(e.getPropertyName());
        return parameter(name, "the parameter's value cannot be read");
    }

    private static ResponseEntity<Object> parameter(String parameter, String detail) {
        return answer(ProblemCode.INVALID_PARAMETER, detail, Map.of("parameter", parameter));
    }

    /// What Spring itself refuses: unknown paths, wrong methods.
    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String detail = body instanceof ProblemDetail problem ? problem.getDetail() : null;
        ProblemCode code = ProblemCode.of(HttpStatus.valueOf(status.value()));
        ResponseEntity<Object> answer =
                answer(code, Objects.requireNonNullElse(detail, code.title()), Map.of());
        HttpHeaders all = new HttpHeaders(headers);
        all.putAll(answer.getHeaders());
        return new ResponseEntity<>(answer.getBody(), all, answer.getStatusCode());
    }

    private static ResponseEntity<Object> answer(
            ProblemCode code, String detail, Map<String, Object> members) {
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(code.status())
                        .contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (code.status() == HttpStatus.SERVICE_UNAVAILABLE) {
            answer.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        return answer.body(body(code, detail, members));
    }

    private static ProblemDetail body(
            ProblemCode code, String detail, Map<String, Object> members) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(code.status(), detail);
        problem.setType(URI.create("/problems/" + code.code()));
        problem.setTitle(code.title());
        problem.setProperty("code", code.code());
        problem.setProperty("traceId", Trace.id());
        members.forEach(problem::setProperty);
        return problem;
    }
}
