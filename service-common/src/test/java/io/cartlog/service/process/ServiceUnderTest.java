package io.cartlog.service.process;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A service in a process of its own, to be asked, paused and killed. Whoever asks may do
/// everything.
public class ServiceUnderTest implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TestTokens tokens = new TestTokens();
    private final HttpClient http = new BearerClient(tokens.ops());
    private final URI address;
    private final Process process;
    private final Duration patience;

    /// Starts it; it is not ready yet.
    ///
    /// @param mainClass out of this class path
    /// @param port it is to listen on
    /// @param patience how long it may take to answer as wanted
    protected ServiceUnderTest(
            Class<?> mainClass,
            String classPath,
            int port,
            Map<String, ?> settings,
            Duration patience) {
        this.patience = patience;
        address = URI.create("http://127.0.0.1:" + port);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        "-cp",
                        classPath,
                        mainClass.getName()));
        Map<String, Object> all = new HashMap<>(settings);
        all.putAll(tokens.settings());
        all.put("server.port", port);
        all.forEach((name, value) -> command.add("--" + name + "=" + value));
        process = start(command);
    }

    private static Process start(List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public final boolean isAlive() {
        return process.isAlive();
    }

    /// Asks until the answer is as wanted.
    public final JsonNode await(String path, Predicate<JsonNode> wanted) {
        return await(path, () -> get(path), wanted);
    }

    /// Posts until the answer is as wanted.
    public final JsonNode awaitPosted(String path, Predicate<JsonNode> wanted) {
        return await(path, () -> post(path), wanted);
    }

    private JsonNode await(String what, Supplier<JsonNode> question, Predicate<JsonNode> wanted) {
        long deadline = System.nanoTime() + patience.toNanos();
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
        return send(HttpRequest.newBuilder(address.resolve(path)).build());
    }

    public final JsonNode post(String path) {
        return send(
                HttpRequest.newBuilder(address.resolve(path))
                        .POST(BodyPublishers.noBody())
                        .build());
    }

    /// The last line of an answer that may have many; nothing, as long as it does not listen.
    private JsonNode send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString())
                    .body()
                    .lines()
                    .reduce((_, line) -> line)
                    .map(JSON::readTree)
                    .orElse(JSON.nullNode());
        } catch (IOException _) {
            return JSON.nullNode();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// @param name `STOP` or `CONT`
    public final void signal(String name) throws IOException, InterruptedException {
        Process kill =
                new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .inheritIO()
                        .start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("the process cannot be sent SIG" + name);
        }
    }

    /// As `kill -9` does.
    public final void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public final void close() {
        kill();
        http.close();
        tokens.close();
    }
}
