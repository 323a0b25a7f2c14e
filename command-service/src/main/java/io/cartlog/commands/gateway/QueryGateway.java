package io.cartlog.commands.gateway;

import io.cartlog.commands.problem.ProblemCode;
import io.cartlog.service.problem.TraceId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Forwards every read as it came, byte for byte in path and query, and streams the answer back,
/// events as they happen among them.
@RestController
public final class QueryGateway {
    private static final String TRACE_PARENT = "traceparent";
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    /// Headers between two neighbours (RFC 9110, 7.6.1), and those that the client sets itself.
    private static final Set<String> HOP_BY_HOP =
            Set.of(
                    "connection",
                    "content-length",
                    "expect",
                    "host",
                    "keep-alive",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "proxy-connection",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade");

    private final ReadModels readModels;
    private final EndlessStreams streams;

    QueryGateway(GatewaySettings settings, EndlessStreams streams) {
        this.readModels = new ReadModels(settings.url());
        this.streams = streams;
    }

    @GetMapping("/v1/**")
    void forward(HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        ReadModels.Answer answer;
        try {
            answer = readModels.ask(address -> forwarded(request, address));
        } catch (IOException e) {
            problem(
                    request,
                    response,
                    ProblemCode.READ_MODEL_UNAVAILABLE,
                    "the service that answers reads does not respond; commands go on");
            return;
        } catch (IllegalArgumentException e) {
            problem(
                    request,
                    response,
                    ProblemCode.BAD_REQUEST,
                    "the address or a header is malformed");
            return;
        }
        try (InputStream body = answer.body()) {
            response.setStatus(answer.head().statusCode());
            copyHeaders(answer.head(), response);
            if (answer.isEndless()) {
                streams.copy(body, response.getOutputStream());
            } else {
                body.transferTo(response.getOutputStream());
            }
        }
    }

    private static HttpRequest forwarded(HttpServletRequest request, String address) {
        String query = request.getQueryString();
        String target = request.getRequestURI() + (query == null ? "" : "?" + query);
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(address + target)).timeout(ANSWER_TIMEOUT);
        for (String name : Collections.list(request.getHeaderNames())) {
            if (isEndToEnd(name)) {
                Collections.list(request.getHeaders(name))
                        .forEach(value -> builder.header(name, value));
            }
        }
        if (request.getHeader(TRACE_PARENT) == null) {
            builder.header(
                    TRACE_PARENT, "00-%s-0000000000000001-00".formatted(TraceId.of(request)));
        }
        return builder.method(request.getMethod(), HttpRequest.BodyPublishers.noBody()).build();
    }

    private static void copyHeaders(
            HttpResponse<InputStream> answer, HttpServletResponse response) {
        answer.headers()
                .map()
                .forEach((name, values) -> {
                    if (isEndToEnd(name)) {
                        response.setHeader(name, values.getFirst());
                        values.stream().skip(1).forEach(value -> response.addHeader(name, value));
                    }
                });
    }

    private static boolean isEndToEnd(String header) {
        return !HOP_BY_HOP.contains(header.toLowerCase(Locale.ROOT));
    }

    private static void problem(
            HttpServletRequest request,
            HttpServletResponse response,
            ProblemCode code,
            String detail)
            throws IOException {
        response.setStatus(code.status());
        if (code.retryAfterSeconds() > 0) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Integer.toString(code.retryAfterSeconds()));
        }
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        String problem =
                """
                {"type":"%s","title":"%s","status":%d,"detail":"%s","code":"%s","traceId":"%s"}\
                """
                        .formatted(
                                code.type(),
                                code.title(),
                                code.status(),
                                detail,
                                code.text(),
                                TraceId.of(request));
        response.getOutputStream().write(problem.getBytes(StandardCharsets.UTF_8));
    }
}
