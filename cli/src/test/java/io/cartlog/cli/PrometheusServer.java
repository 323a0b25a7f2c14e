package io.cartlog.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cartlog.cli.terminal.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// A real Prometheus with the project's configuration, that looks each second, waits for nothing
/// before it fires, and has the bounds of what is too old shortened to a third.
record PrometheusServer(Process process, int port, HttpClient http) implements AutoCloseable {
    private static final Path OURS = Readme.ROOT.resolve("ops/prometheus");

    /// The program, if this machine has it.
    static Optional<Path> program() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, "prometheus"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// @param folder for its configuration and data
    static PrometheusServer start(Path program, Path folder, RunningCartlog cartlog)
            throws IOException {
        Path configuration = folder.resolve("prometheus.yml");
        Files.writeString(configuration, configuration(cartlog));
        Files.writeString(
                folder.resolve("alerts.yml"),
                Files.readString(OURS.resolve("alerts.yml"))
                        .replaceAll("for: \\d+m", "for: 0s")
                        .replace("_seconds) > 60", "_seconds) > 20")
                        .replace("_seconds) > 30", "_seconds) > 10"));
        int port = freePort();
        Process process =
                new ProcessBuilder(
                                program.toString(),
                                "--config.file=" + configuration,
                                "--storage.tsdb.path=" + folder.resolve("tsdb"),
                                "--web.listen-address=127.0.0.1:" + port)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("prometheus.log").toFile())
                        .start();
        return new PrometheusServer(process, port, HttpClient.newHttpClient());
    }

    private static String configuration(RunningCartlog cartlog) throws IOException {
        String text = Files.readString(OURS.resolve("prometheus.yml")).replace(": 5s", ": 1s");
        for (int port = 0; port < 10; port++) {
            text =
                    text.replace(
                            "127.0.0.1:808" + port, "127.0.0.1:" + (cartlog.firstPort() + port));
        }
        Path secrets = cartlog.folder().resolve("data/secrets").toAbsolutePath();
        return text.replace("../../.cartlog/secrets", secrets.toString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// The series that a query finds now.
    JsonNode query(String expression) throws IOException, InterruptedException {
        return get("/api/v1/query?query=" + URLEncoder.encode(expression, UTF_8))
                .at("/data/result");
    }

    /// The names of the alerts that fire now, with the store that they name.
    Set<String> firing() throws IOException, InterruptedException {
        return get("/api/v1/alerts")
                .at("/data/alerts")
                .valueStream()
                .filter(alert -> alert.get("state").asString().equals("firing"))
                .map(alert ->
                        alert.at("/labels/alertname").asString()
                                + alert.at("/labels/store").asString(""))
                .collect(Collectors.toSet());
    }

    /// The names of all alerts that it knows.
    Set<String> rules() throws IOException, InterruptedException {
        return get("/api/v1/rules").findValuesAsString("name").stream()
                .filter(name -> !name.equals("cartlog"))
                .collect(Collectors.toSet());
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + ": " + answer.body());
        }
        return Json.MAPPER.readTree(answer.body());
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        http.close();
    }
}
