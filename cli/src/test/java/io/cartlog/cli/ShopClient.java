package io.cartlog.cli;

import io.cartlog.cli.terminal.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What a shop's frontend does: JSON over HTTP, with a token for the account.
final class ShopClient implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private final String token;

    /// @param base address of an account
    /// @param token for that account
    ShopClient(String base, String token) {
        this.base = base;
        this.token = token;
    }

    record Reply(int status, JsonNode body, HttpResponse<String> response) {
        String text(String field) {
            return body.path(field).asString("");
        }
    }

    Reply get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(base + path)).GET());
    }

    Reply post(String path, String key, String json) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path))
                        .header("Idempotency-Key", key)
                        .header("If-Match", "*");
        return json.isEmpty()
                ? send(request.POST(BodyPublishers.noBody()))
                : send(
                        request.header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(json)));
    }

    /// The first events of the live stream, as lines `id type`; waits until there are so many.
    ///
    /// @param lastEventId the version that was seen last; 0 for none
    List<String> events(String lastEventId, int count) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + "/events"))
                        .header("Authorization", "Bearer " + token)
                        .header("Accept", "text/event-stream")
                        .header("Last-Event-ID", lastEventId);
        HttpResponse<Stream<String>> stream = http.send(request.build(), BodyHandlers.ofLines());
        try (Stream<String> lines = stream.body()) {
            return lines.filter(line -> line.startsWith("id:") || line.startsWith("event:"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .limit(2L * count)
                    .gather(Gatherers.windowFixed(2))
                    .map(pair -> String.join(" ", pair))
                    .toList();
        }
    }

    private Reply send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpRequest authorized = request.header("Authorization", "Bearer " + token).build();
        HttpResponse<String> response = http.send(authorized, BodyHandlers.ofString());
        return new Reply(response.statusCode(), Json.MAPPER.readTree(response.body()), response);
    }

    @Override
    public void close() {
        http.close();
    }
}
