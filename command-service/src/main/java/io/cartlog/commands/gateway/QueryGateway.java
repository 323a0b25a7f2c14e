package io.cartlog.commands.gateway;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Forwards every read as it came, byte for byte in path and query, and streams the answer back,
/// events as they happen among them.
@RestController
public final class QueryGateway {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
    private static final String RETRY_SECONDS = "2";
    private static final Logger LOG = LoggerFactory.getLogger(QueryGateway.class);

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

    private final String base;
    private final EndlessStreams streams;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_TIMEOUT)
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .build();

    QueryGateway(GatewaySettings settings, EndlessStreams streams) {
        this.streams = streams;
        this.base = Objects.requireNonNull(settings.url()).toString().replaceFirst("/+$", "");
    }

    @GetMapping("/v1/**")
    void forward(HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> answer;
        try {
            answer = client.send(forwarded(request), BodyHandlers.ofInputStream());
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("cause", e.toString()).log("the read model is unavailable");
            problem(
                    response,
                    503,
                    "read-model-unavailable",
                    "the service that answers reads does not respond; commands go on");
            return;
        } catch (IllegalArgumentException e) {
            problem(response, 400, "bad-request", "the address or a header is malformed");
            return;
        }
        try (InputStream body = answer.body()) {
            response.setStatus(answer.statusCode());
            copyHeaders(answer, response);
            if (isEndless(answer)) {
                streams.copy(body, response.getOutputStream());
            } else {
                body.transferTo(response.getOutputStream());
            }
        }
    }

    private HttpRequest forwarded(HttpServletRequest request) {
        String query = request.getQueryString();
        String target = request.getRequestURI() + (query == null ? "" : "?" + query);
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(base + target)).timeout(ANSWER_TIMEOUT);
        for (String name : Collections.list(request.getHeaderNames())) {
            if (isEndToEnd(name)) {
                Collections.list(request.getHeaders(name))
                        .forEach(value -> builder.header(name, value));
            }
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

    private static boolean isEndless(HttpResponse<InputStream> answer) {
        return answer.headers()
                .firstValue(HttpHeaders.CONTENT_TYPE)
                .filter(type -> type.startsWith(MediaType.TEXT_EVENT_STREAM_VALUE))
                .isPresent();
    }

    private static boolean isEndToEnd(String header) {
        return !HOP_BY_HOP.contains(header.toLowerCase(Locale.ROOT));
    }

    private static void problem(
            HttpServletResponse response, int status, String code, String detail)
            throws IOException {
        response.setStatus(status);
        if (status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        String title = code.substring(0, 1).toUpperCase(Locale.ROOT) + code.substring(1);
        String problem =
                """
                {"type":"urn:problem-type:cartlog:%s","title":"%s","status":%d,"detail":"%s",\
                "code":"%s"}\
                """
                        .formatted(code, title.replace('-', ' '), status, detail, code);
        response.getOutputStream().write(problem.getBytes(StandardCharsets.UTF_8));
    }
}
