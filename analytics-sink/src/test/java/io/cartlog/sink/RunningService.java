package io.cartlog.sink;

import io.cartlog.service.access.BearerClient;
import io.cartlog.service.access.TestTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The whole service, on a free port.
final class RunningService implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ConfigurableApplicationContext context;
    private final TestTokens tokens;
    private final HttpClient http;
    private final String url;

    private RunningService(ConfigurableApplicationContext context, TestTokens tokens) {
        this.context = context;
        this.tokens = tokens;
        this.http = new BearerClient(tokens.ops());
        Environment environment = context.getEnvironment();
        this.url = "http://127.0.0.1:" + environment.getProperty("local.server.port");
    }

    /// @param settings more of them, or others than the world's
    static RunningService in(World world, Map<String, Object> settings) {
        TestTokens tokens = new TestTokens();
        Map<String, Object> all = new HashMap<>(settingsOf(world));
        all.putAll(tokens.settings());
        all.putAll(settings);
        String[] arguments =
                all.entrySet().stream()
                        .map(e -> "--" + e.getKey() + "=" + e.getValue())
                        .toArray(String[]::new);
        return new RunningService(
                new SpringApplicationBuilder(AnalyticsSinkApplication.class).run(arguments),
                tokens);
    }

    /// The issuer that the service believes.
    TestTokens tokens() {
        return tokens;
    }

    URI address() {
        return URI.create(url);
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    static Map<String, Object> settingsOf(World world) {
        return Map.ofEntries(
                Map.entry("server.port", 0),
                Map.entry("cartlog.kafka.bootstrap-servers", world.addresses.kafka()),
                Map.entry("cartlog.sink.group", world.group()),
                Map.entry("cartlog.catalog.url", world.jdbcUrl(world.databasePort())),
                Map.entry("cartlog.catalog.user", world.addresses.jdbcUser()),
                Map.entry("cartlog.catalog.password", world.addresses.jdbcPassword()),
                Map.entry("cartlog.lake.warehouse", world.lakeFolder()),
                Map.entry("cartlog.s3.endpoint", world.addresses.s3()),
                Map.entry("cartlog.s3.region", world.addresses.region()),
                Map.entry("cartlog.s3.access-key", world.addresses.accessKey()),
                Map.entry("cartlog.s3.secret-key", world.addresses.secretKey()),
                Map.entry("cartlog.warehouse.dialect", "postgresql"),
                Map.entry("cartlog.warehouse.url", world.jdbcUrl(world.databasePort())),
                Map.entry("cartlog.warehouse.user", world.addresses.jdbcUser()),
                Map.entry("cartlog.warehouse.password", world.addresses.jdbcPassword()));
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return JSON.readTree(text(path));
    }

    String text(String path) throws IOException, InterruptedException {
        return send(request(path).GET().build());
    }

    JsonNode post(String path) throws IOException, InterruptedException {
        return JSON.readTree(send(post(request(path))));
    }

    /// The lines of an answer that takes long.
    List<JsonNode> lines(String path) throws IOException, InterruptedException {
        return send(post(request(path))).lines().map(JSON::readTree).toList();
    }

    /// The report at the end of a reconciliation.
    JsonNode reconcile() throws IOException, InterruptedException {
        List<JsonNode> lines = lines("/internal/reconcile");
        JsonNode last = lines.getLast();
        if (!last.has("report")) {
            throw new AssertionError("not finished: " + lines);
        }
        return last.get("report");
    }

    @Override
    public void close() {
        http.close();
        context.close();
        tokens.close();
    }

    /// The body of an answer that is no text.
    byte[] bytes(String path) throws IOException, InterruptedException {
        return http.send(request(path).GET().build(), BodyHandlers.ofByteArray()).body();
    }

    private static HttpRequest post(HttpRequest.Builder request) {
        return request.POST(HttpRequest.BodyPublishers.noBody()).build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path));
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }
}
