package io.cartlog.projection;

import io.cartlog.localstack.Addresses;
import io.cartlog.localstack.Ports;
import io.cartlog.service.access.BearerClient;
import io.cartlog.service.access.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The service in a process of its own, to be killed.
final class ServiceProcess implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long DEADLINE_NANOS = 90_000_000_000L;

    private final TestTokens tokens = new TestTokens();
    private final HttpClient http = new BearerClient(tokens.ops());
    private final Process process;
    private final URI address;

    /// @param more settings, `name=value`
    ServiceProcess(Addresses addresses, String table, String... more) {
        this(System.getProperty("java.class.path"), addresses, table, more);
    }

    /// With other classes.
    static ServiceProcess of(String classPath, Addresses addresses, String table) {
        return new ServiceProcess(classPath, addresses, table);
    }

    private ServiceProcess(String classPath, Addresses addresses, String table, String... more) {
        int port = Ports.anyFree();
        address = URI.create("http://127.0.0.1:" + port);
        Map<String, String> settings = RunningService.settings(addresses, table);
        settings.putAll(tokens.settings());
        settings.put("server.port", Integer.toString(port));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp"));
        command.add(classPath);
        command.add(ProjectionServiceApplication.class.getName());
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        List.of(more).forEach(setting -> command.add("--" + setting));
        try {
            process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Asks until the answer is as wanted.
    JsonNode await(String path, Predicate<JsonNode> wanted) {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        JsonNode answer = get(path);
        while (!wanted.test(answer)) {
            if (System.nanoTime() > deadline || !process.isAlive()) {
                throw new AssertionError(
                        "%s %s; the last answer was %s"
                                .formatted(
                                        path,
                                        process.isAlive() ? "not in time" : "of a dead process",
                                        answer));
            }
            LockSupport.parkNanos(20_000_000);
            answer = get(path);
        }
        return answer;
    }

    private JsonNode get(String path) {
        return send(HttpRequest.newBuilder(address.resolve(path)).build());
    }

    JsonNode post(String path) {
        return send(
                HttpRequest.newBuilder(address.resolve(path))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build());
    }

    /// Nothing, as long as it does not listen.
    private JsonNode send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return JSON.readTree(response.body());
        } catch (IOException _) {
            return JSON.nullNode();
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
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        tokens.close();
    }
}
