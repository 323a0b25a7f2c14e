package io.cartlog.commands.intake;

import io.cartlog.commands.problem.ProblemCode;
import io.cartlog.service.problem.TraceId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.ResponseEntity.BodyBuilder;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/// Turns whatever ends a request into a problem.
@RestControllerAdvice
final class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler(ProblemException.class)
    ResponseEntity<Object> problem(ProblemException e, HttpServletRequest request) {
        return answer(e.problem(), new HttpHeaders(), request);
    }

    /// What the firewall finds when a header is first looked at.
    @ExceptionHandler(RequestRejectedException.class)
    ResponseEntity<Object> malformed(RequestRejectedException e, HttpServletRequest request) {
        LOG.atDebug().setCause(e).log("a request is malformed");
        return answer(
                new Problem(ProblemCode.BAD_REQUEST, "a header is malformed"),
                new HttpHeaders(),
                request);
    }

    @ExceptionHandler(Exception.class)
    ResponseEntity<Object> unexpected(Exception e, HttpServletRequest request) {
        LOG.atError().setCause(e).log("a request failed");
        return answer(
                new Problem(ProblemCode.INTERNAL_ERROR, "something is broken here"),
                new HttpHeaders(),
                request);
    }

    /// What Spring MVC itself refuses: 404, 405, 406, 415 ...
    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception e,
            @Nullable Object body,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        HttpStatus known = HttpStatus.valueOf(status.value());
        String detail = e instanceof ErrorResponse response ? response.getBody().getDetail() : null;
        String shown = Objects.requireNonNullElse(detail, known.getReasonPhrase());
        return answer(
                new Problem(known.value(), code(known), shown, Map.of()),
                headers,
                ((ServletWebRequest) request).getRequest());
    }

    private static ProblemCode code(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> ProblemCode.NOT_FOUND;
            case METHOD_NOT_ALLOWED -> ProblemCode.METHOD_NOT_ALLOWED;
            case NOT_ACCEPTABLE -> ProblemCode.NOT_ACCEPTABLE;
            case UNSUPPORTED_MEDIA_TYPE -> ProblemCode.UNSUPPORTED_MEDIA_TYPE;
            default ->
                    status.is4xxClientError()
                            ? ProblemCode.BAD_REQUEST
                            : ProblemCode.INTERNAL_ERROR;
        };
    }

    private static ResponseEntity<Object> answer(
            Problem problem, HttpHeaders headers, HttpServletRequest request) {
        return response(problem)
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem.members(TraceId.of(request)));
    }

    /// With status and, where one may hope, when to try again.
    static BodyBuilder response(Problem problem) {
        BodyBuilder response = ResponseEntity.status(problem.status());
        int seconds = problem.code().retryAfterSeconds();
        return seconds == 0
                ? response
                : response.header(HttpHeaders.RETRY_AFTER, Integer.toString(seconds));
    }
}
