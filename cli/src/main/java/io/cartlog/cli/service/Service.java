package io.cartlog.cli.service;

import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.terminal.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;

/// One service at its address, asked with a token.
public final class Service {
    private static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofMinutes(10);

    private final String name;
    private final String base;
    private final Supplier<String> tokens;

    /// @param name as a person knows it, for messages
    /// @param base such as `http://127.0.0.1:8081`
    /// @param tokens asked for each request
    public Service(String name, String base, Supplier<String> tokens) {
        this.name = name;
        this.base = base;
        this.tokens = tokens;
    }

    /// There was no answer, or one that says that there may be one later.
    public static final class AwayException extends CommandFailedException {
        private static final long serialVersionUID = 1L;

        AwayException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /// The service says no, and why.
    public static final class RefusedException extends CommandFailedException {
        private static final long serialVersionUID = 1L;

        private final String code;

        RefusedException(String message, String code) {
            super(message);
            this.code = code;
        }

        /// Of the problem, such as `rebuild-running`; empty if there is none.
        public String code() {
            return code;
        }
    }

    /// @throws AwayException if there is no answer now
    /// @throws CommandFailedException if there is another than 200 with JSON
    public JsonNode get(String path) {
        return json(request(path, SHORT).GET().build());
    }

    /// @throws CommandFailedException as in [#get]
    public JsonNode post(String path) {
        return json(request(path, LONG).POST(BodyPublishers.noBody()).build());
    }

    /// Posts, and hands over each line of the answer as it comes.
    ///
    /// @throws CommandFailedException as in [#get]
    public void postForLines(String path, Consumer<JsonNode> lines) {
        HttpRequest request = request(path, LONG).POST(BodyPublishers.noBody()).build();
        try (InputStream body = answered(request);
                MappingIterator<JsonNode> values =
                        Json.MAPPER.readerFor(JsonNode.class).readValues(body)) {
            values.forEachRemaining(lines);
        } catch (IOException | JacksonException e) {
            throw new CommandFailedException(
                    "%s broke off its answer to %s: %s".formatted(name, path, e.getMessage()), e);
        }
    }

    /// Gets an answer that is no JSON, and hands it over as it comes.
    ///
    /// @throws CommandFailedException as in [#get], and if the answer breaks off
    public void download(String path, Download taker) {
        try (InputStream body = answered(request(path, LONG).GET().build())) {
            taker.take(body);
        } catch (IOException e) {
            throw new CommandFailedException(
                    "%s broke off its answer to %s: %s".formatted(name, path, e.getMessage()), e);
        }
    }

    /// Reads an answer.
    @FunctionalInterface
    public interface Download {
        void take(InputStream body) throws IOException;
    }

    private HttpRequest.Builder request(String path, Duration timeout) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(timeout)
                .header("Authorization", "Bearer " + tokens.get());
    }

    private JsonNode json(HttpRequest request) {
        try (InputStream body = answered(request)) {
            return Json.MAPPER.readTree(body);
        } catch (IOException | JacksonException e) {
            throw new CommandFailedException(
                    "%s did not answer %s with JSON: %s"
                            .formatted(name, request.uri(), e.getMessage()),
                    e);
        }
    }

    private InputStream answered(HttpRequest request) {
        try {
            HttpResponse<InputStream> response = HTTP.send(request, BodyHandlers.ofInputStream());
            if (response.statusCode() / 100 == 2) {
                return response.body();
            }
            throw refused(request, response.statusCode(), problem(response));
        } catch (ConnectException e) {
            throw new AwayException(
                    "%s does not listen at %s; is the stack up? (./cartlog up)"
                            .formatted(name, base),
                    e);
        } catch (IOException e) {
            throw new AwayException(
                    "%s did not answer %s: %s".formatted(name, request.uri(), e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted", e);
        }
    }

    /// The problem that the answer tells of; an empty object if it tells of none.
    private static JsonNode problem(HttpResponse<InputStream> response) throws IOException {
        try (InputStream body = response.body()) {
            JsonNode problem = Json.MAPPER.readTree(body);
            return problem.isObject() ? problem : Json.MAPPER.createObjectNode();
        } catch (JacksonException _) {
            return Json.MAPPER.createObjectNode();
        }
    }

    private CommandFailedException refused(HttpRequest request, int status, JsonNode problem) {
        String detail = problem.path("detail").asString("");
        String trouble =
                "%s answered %d to %s".formatted(name, status, request.uri())
                        + (detail.isEmpty() ? "" : ": " + detail);
        return status == 503
                ? new AwayException(trouble, null)
                : new RefusedException(trouble, problem.path("code").asString(""));
    }
}
