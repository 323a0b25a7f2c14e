package io.cartlog.projection;

import io.cartlog.localstack.Addresses;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.service.access.BearerClient;
import io.cartlog.service.access.TestTokens;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The whole service, on a free port, and a client that asks it.
public final class RunningService implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration DEADLINE = Duration.ofSeconds(90);

    private final TestTokens tokens = new TestTokens();
    private final HttpClient http = new BearerClient(tokens.ops());
    private final ConfigurableApplicationContext context;
    private final Admin admin;
    private final URI address;

    /// @param more settings, `name=value`, beside or instead of the usual ones
    public RunningService(Addresses addresses, String table, String... more) {
        Map<String, String> settings = settings(addresses, table);
        settings.putAll(tokens.settings());
        for (String setting : more) {
            int equals = setting.indexOf('=');
            settings.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        context =
                new SpringApplicationBuilder(ProjectionServiceApplication.class)
                        .run(
                                settings.entrySet().stream()
                                        .map(e -> "--" + e.getKey() + "=" + e.getValue())
                                        .toArray(String[]::new));
        int port =
                Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
        address = URI.create("http://127.0.0.1:" + port);
        admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                (Object) addresses.kafka()));
    }

    /// What the service needs to run on these servers, but an issuer.
    static Map<String, String> settings(Addresses addresses, String table) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("server.port", "0");
        settings.put("cartlog.kafka.bootstrap-servers", addresses.kafka());
        settings.put("cartlog.dynamodb.endpoint", addresses.dynamodb().toString());
        settings.put("cartlog.dynamodb.region", addresses.region());
        settings.put("cartlog.dynamodb.access-key", addresses.accessKey());
        settings.put("cartlog.dynamodb.secret-key", addresses.secretKey());
        settings.put("cartlog.dynamodb.table", table);
        settings.put("cartlog.queries.cursor-key", "the-cursor-key-of-the-tests");
        settings.put("cartlog.history.dir", TestStack.folder().resolve("history").toString());
        return settings;
    }

    /// An answer with its body as JSON.
    public record Answer(int status, JsonNode body, HttpResponse<String> response) {
        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    public Answer get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = send(request.build());
        JsonNode body =
                response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
        return new Answer(response.statusCode(), body, response);
    }

    public Answer post(String path) {
        HttpResponse<String> response =
                send(
                        HttpRequest.newBuilder(address.resolve(path))
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build());
        return new Answer(response.statusCode(), JSON.readTree(response.body()), response);
    }

    /// The report that a long answer ends with.
    public JsonNode report(String path) {
        HttpRequest request =
                HttpRequest.newBuilder(address.resolve(path))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build();
        return JSON.readTree(send(request).body().lines().toList().getLast()).path("report");
    }

    /// An answer whose body is read as it comes.
    public HttpResponse<InputStream> open(String path, String... headers) {
        HttpRequest request =
                HttpRequest.newBuilder(address.resolve(path)).headers(headers).build();
        try {
            return http.send(request, BodyHandlers.ofInputStream());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The last line of the answer: the report.
    public JsonNode reconcile() {
        return report("/internal/reconcile");
    }

    public HttpRequest request(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).build();
    }

    public HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The issuer that the service believes.
    public TestTokens tokens() {
        return tokens;
    }

    public URI address() {
        return address;
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    /// Waits until the views show everything that is in the log. Of a transaction that was
    /// committed a moment ago the partitions may not know yet, so a lag of 0 would say too little.
    public void awaitCaughtUp() {
        Map<Integer, Long> ends = ends();
        await("caught up", () -> isAt(ends, get("/internal/progress").body()));
    }

    private static boolean isAt(Map<Integer, Long> ends, JsonNode progress) {
        return progress.path("lag").asLong(-1) == 0
                && progress.path("partitions")
                        .valueStream()
                        .allMatch(it ->
                                it.path("applied").asLong()
                                        >= ends.getOrDefault(it.path("partition").asInt(), 0L));
    }

    /// Of the log, committed or not.
    private Map<Integer, Long> ends() {
        String log = Topics.EVENTS.name();
        try {
            Map<TopicPartition, OffsetSpec> latest =
                    admin.describeTopics(List.of(log)).allTopicNames().get().values().stream()
                            .flatMap(topic -> topic.partitions().stream())
                            .collect(
                                    Collectors.toMap(
                                            it -> new TopicPartition(log, it.partition()),
                                            _ -> OffsetSpec.latest()));
            return admin.listOffsets(latest).all().get().entrySet().stream()
                    .collect(
                            Collectors.toMap(
                                    it -> it.getKey().partition(), it -> it.getValue().offset()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the log has no end", e);
        }
    }

    public void await(String what, Supplier<Boolean> condition) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.get()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "not within "
                                + DEADLINE
                                + ": "
                                + what
                                + "; progress: "
                                + get("/internal/progress").body());
            }
            LockSupport.parkNanos(40_000_000);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
        context.close();
        tokens.close();
    }
}
