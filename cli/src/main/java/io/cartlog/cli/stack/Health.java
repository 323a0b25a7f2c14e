package io.cartlog.cli.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Whether a process does its work, asked from outside.
final class Health implements AutoCloseable {
    static final String UP = "up";
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final StackAddresses at;
    private final DataFolder data;

    Health(StackAddresses at, DataFolder data) {
        this.at = at;
        this.data = data;
    }

    /// `up`, or why not in a few words.
    String of(StackProcess process, long pid) {
        return switch (process) {
            case LOCAL_STACK -> ofLocalStack(pid);
            case AUTHORIZATION_SERVER -> answers(process, at.issuerKeys());
            case COMMAND_SERVICE, PROJECTION_SERVICE, PROJECTION_SERVICE_2, ANALYTICS_SINK ->
                    answers(process, at.http(process) + "/actuator/health");
        };
    }

    @Override
    public void close() {
        http.close();
    }

    private String answers(StackProcess process, String address) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE).build();
        try {
            int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status == 200 ? UP : "health answers " + status;
        } catch (IOException _) {
            return "no answer on port " + process.port(at.firstPort());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private String ofLocalStack(long pid) {
        return readyPid() == pid ? connects() : "not ready";
    }

    /// The pid in the file that the local stack writes when everything in it answers.
    private long readyPid() {
        Path file = data.path().resolve("local-stack.json");
        try {
            return Files.exists(file) ? JSON.readTree(file.toFile()).path("pid").asLong() : -1;
        } catch (JacksonException _) {
            return -1; // deleted in between
        }
    }

    private String connects() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("kafka", at.kafkaPort());
        ports.put("dynamodb", at.dynamodbPort());
        ports.put("s3", at.s3Port());
        ports.put("postgres", at.postgresPort());
        return ports.entrySet().stream()
                .filter(it -> !listens(it.getValue()))
                .map(it -> it.getKey() + " does not answer on port " + it.getValue())
                .findFirst()
                .orElse(UP);
    }

    static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            socket.connect(
                    new InetSocketAddress(loopback, port), Math.toIntExact(PATIENCE.toMillis()));
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
