package io.cartlog.sink;

import io.cartlog.localstack.Ports;
import io.cartlog.service.access.BearerClient;
import io.cartlog.service.access.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The service in a process of its own, to be killed, with a wire to each store.
final class ServiceProcess implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long DEADLINE_NANOS = 120_000_000_000L;

    final Wire database;
    final Wire objects;
    private final TestTokens tokens = new TestTokens();
    private final HttpClient http = new BearerClient(tokens.ops());
    private final URI address;
    private final Process process;

    /// Starts it; it is not ready yet.
    ServiceProcess(World world, Map<String, Object> more) {
        database = world.wireToTheDatabase();
        objects = world.wireToTheObjects();
        int port = Ports.anyFree();
        address = URI.create("http://127.0.0.1:" + port);
        Map<String, Object> settings = new HashMap<>(RunningService.settingsOf(world));
        settings.putAll(tokens.settings());
        settings.put("server.port", port);
        settings.put("cartlog.s3.endpoint", World.objects(objects));
        settings.put("cartlog.catalog.url", world.jdbcUrl(database.port()));
        settings.put("cartlog.warehouse.url", world.jdbcUrl(database.port()));
        settings.putAll(more);
        process = start(settings);
    }

    private static Process start(Map<String, Object> settings) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AnalyticsSinkApplication.class.getName()));
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Asks until the answer is as wanted.
    JsonNode await(String path, Predicate<JsonNode> wanted) {
        return await(path, () -> get(path), wanted);
    }

    /// Posts until the answer is as wanted.
    JsonNode awaitPosted(String path, Predicate<JsonNode> wanted) {
        return await(path, () -> post(path), wanted);
    }

    private JsonNode await(
            String what,
            java.util.function.Supplier<JsonNode> question,
            Predicate<JsonNode> wanted) {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        JsonNode answer = question.get();
        while (!wanted.test(answer)) {
            if (System.nanoTime() > deadline || !process.isAlive()) {
                throw new AssertionError(
                        "%s %s; the last answer was %s"
                                .formatted(
                                        what,
                                        process.isAlive() ? "not in time" : "of a dead process",
                                        answer));
            }
            LockSupport.parkNanos(20_000_000);
            answer = question.get();
        }
        return answer;
    }

    private JsonNode get(String path) {
        return last(send(HttpRequest.newBuilder(address.resolve(path)).build()));
    }

    private JsonNode post(String path) {
        return last(
                send(
                        HttpRequest.newBuilder(address.resolve(path))
                                .POST(BodyPublishers.noBody())
                                .build()));
    }

    /// The last line of an answer that may have many.
    private static JsonNode last(String answer) {
        return answer.lines().reduce((_, line) -> line).map(JSON::readTree).orElse(JSON.nullNode());
    }

    /// Nothing, as long as it does not listen.
    private String send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString()).body();
        } catch (IOException _) {
            return "";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// @param name `STOP` or `CONT`
    void signal(String name) throws IOException, InterruptedException {
        Process kill =
                new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .inheritIO()
                        .start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("the process cannot be sent SIG" + name);
        }
    }

    /// As `kill -9` does.
    void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
        http.close();
        tokens.close();
    }
}
