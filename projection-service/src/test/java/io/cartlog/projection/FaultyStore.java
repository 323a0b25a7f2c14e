package io.cartlog.projection;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Stands in front of DynamoDB Local and makes the trouble that DynamoDB makes and DynamoDB Local
/// never does.
final class FaultyStore implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String TYPE = "application/x-amz-json-1.0";
    private static final String MODEL = "com.amazonaws.dynamodb.v20120810#";
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("host", "content-length", "connection", "expect", "upgrade", "accept-encoding");

    private final URI store;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger faults = new AtomicInteger();
    private volatile Fault fault = Call::forward;
    private HttpServer server;

    FaultyStore(URI store) {
        this.store = store;
        this.server = listen(0);
    }

    /// What happens to a call.
    interface Fault {
        Answer meet(Call call) throws IOException, InterruptedException;
    }

    /// @param checksum of the body, as the store has sent it; empty if it has not
    record Answer(int status, String body, String checksum) {
        static Answer of(int status, String body) {
            return new Answer(status, body, "");
        }
    }

    /// @param operation such as `TransactWriteItems`
    record Call(
            FaultyStore proxy, String operation, Map<String, List<String>> headers, String body) {
        Answer forward() throws IOException, InterruptedException {
            return forward(body);
        }

        Answer forward(String changed) throws IOException, InterruptedException {
            return proxy.forward(this, changed);
        }

        boolean isWrite() {
            return operation.equals("TransactWriteItems") || operation.equals("PutItem");
        }
    }

    private HttpServer listen(int port) {
        try {
            HttpServer listening =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            listening.setExecutor(threads);
            listening.createContext("/", this::handle);
            listening.start();
            return listening;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            Call call =
                    new Call(
                            this,
                            target == null ? "" : target.substring(target.indexOf('.') + 1),
                            exchange.getRequestHeaders(),
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8));
            answer(exchange, fault.meet(call));
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void answer(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", TYPE);
        if (!answer.checksum().isEmpty()) {
            exchange.getResponseHeaders().set("x-amz-crc32", answer.checksum());
        }
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
    }

    private Answer forward(Call call, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(store).POST(BodyPublishers.ofString(body));
        call.headers()
                .forEach((name, values) -> {
                    if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                        values.forEach(value -> request.header(name, value));
                    }
                });
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.body(),
                response.headers().firstValue("x-amz-crc32").orElse(""));
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// What was not simply forwarded.
    int faults() {
        return faults.get();
    }

    /// Forwards everything.
    void behave() {
        fault = Call::forward;
    }

    /// Throttles two calls of three, each in one of the ways that DynamoDB has for it.
    void throttle() {
        AtomicInteger calls = new AtomicInteger();
        fault =
                call -> {
                    int number = calls.incrementAndGet();
                    if (number % 3 == 0) {
                        return call.forward();
                    }
                    faults.incrementAndGet();
                    return call.operation().equals("TransactWriteItems") && number % 3 == 1
                            ? cancelled(call)
                            : Answer.of(400, error(number % 2 == 0));
                };
    }

    private static String error(boolean provisioned) {
        return provisioned
                ? "{\"__type\":\"%sProvisionedThroughputExceededException\",\"message\":\"slow down\"}"
                        .formatted(MODEL)
                : "{\"__type\":\"com.amazon.coral.availability#ThrottlingException\",\"message\":\"slow"
                        + " down\"}";
    }

    /// A transaction of which one action was too much.
    private static Answer cancelled(Call call) {
        ObjectNode answer = JSON.createObjectNode();
        answer.put("__type", MODEL + "TransactionCanceledException");
        answer.put("Message", "Transaction cancelled [ThrottlingError, None]");
        ArrayNode reasons = answer.putArray("CancellationReasons");
        JSON.readTree(call.body())
                .path("TransactItems")
                .forEach(_ -> reasons.addObject().put("Code", "None"));
        ((ObjectNode) reasons.get(0)).put("Code", "ThrottlingError").put("Message", "slow down");
        return Answer.of(400, JSON.writeValueAsString(answer));
    }

    /// Leaves half of the keys of every batch unprocessed, and all of every second batch.
    void leaveUnprocessed() {
        AtomicInteger batches = new AtomicInteger();
        fault =
                call ->
                        call.operation().equals("BatchGetItem")
                                ? partly(call, batches.incrementAndGet() % 2 == 0)
                                : call.forward();
    }

    private Answer partly(Call call, boolean nothing) throws IOException, InterruptedException {
        faults.incrementAndGet();
        ObjectNode request = (ObjectNode) JSON.readTree(call.body());
        ObjectNode unprocessed = (ObjectNode) request.path("RequestItems").deepCopy();
        if (nothing) {
            ObjectNode answer = JSON.createObjectNode();
            answer.putObject("Responses");
            answer.set("UnprocessedKeys", unprocessed);
            return Answer.of(200, JSON.writeValueAsString(answer));
        }
        for (Map.Entry<String, JsonNode> table : request.path("RequestItems").properties()) {
            ArrayNode keys = (ArrayNode) table.getValue().path("Keys");
            ArrayNode rest = (ArrayNode) unprocessed.path(table.getKey()).path("Keys");
            int kept = (keys.size() + 1) / 2;
            for (int i = 0; i < kept; i++) {
                rest.remove(0);
            }
            while (keys.size() > kept) {
                keys.remove(kept);
            }
        }
        unprocessed.properties().removeIf(table -> table.getValue().path("Keys").isEmpty());
        ObjectNode answer =
                (ObjectNode) JSON.readTree(call.forward(JSON.writeValueAsString(request)).body());
        answer.set("UnprocessedKeys", unprocessed);
        return Answer.of(200, JSON.writeValueAsString(answer));
    }

    /// Takes its time.
    void delay(long millis) {
        fault =
                call -> {
                    faults.incrementAndGet();
                    Thread.sleep(millis);
                    return call.forward();
                };
    }

    /// Carries every second write out and says that it has failed.
    void failAfterWrites() {
        AtomicInteger writes = new AtomicInteger();
        fault =
                call -> {
                    Answer answer = call.forward();
                    if (!call.isWrite() || writes.incrementAndGet() % 2 == 0) {
                        return answer;
                    }
                    faults.incrementAndGet();
                    return Answer.of(
                            500,
                            "{\"__type\":\"%sInternalServerError\",\"message\":\"sorry\"}"
                                    .formatted(MODEL));
                };
    }

    /// Nobody listens any more.
    void refuse() {
        server.stop(0);
    }

    /// Listens again, at the same address.
    void accept() {
        server = listen(server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        http.close();
    }
}
