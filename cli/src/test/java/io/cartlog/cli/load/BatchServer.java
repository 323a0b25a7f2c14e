package io.cartlog.cli.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cartlog.cli.terminal.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;

/// The other side of the loader: a real server that remembers keys, and misbehaves on demand.
final class BatchServer implements AutoCloseable {
    /// How one request is treated; without an order it is taken.
    enum Mood {
        TAKE,
        UNAVAILABLE,
        BUSY,
        /// Takes the batch, and then the connection breaks in the middle of the answer.
        TAKE_AND_BREAK,
        /// One line of the answer says that it was not decided in time.
        LATE_LINE,
        BAD_REQUEST
    }

    private final HttpServer server;
    private final Map<String, UUID> events = new HashMap<>();
    private final Map<String, List<String>> order = new HashMap<>();
    private final List<JsonNode> clicks = new ArrayList<>();
    private final List<JsonNode> commands = new ArrayList<>();
    private final Set<String> carts = new HashSet<>();
    private final Queue<Mood> moods = new ArrayDeque<>();
    private int inFlight;
    private int mostInFlight;
    private int requests;

    BatchServer() throws IOException {
        this(0);
    }

    BatchServer(int port) throws IOException {
        server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/events/batch", this::handle);
        server.createContext("/v1/clicks/batch", this::handle);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    synchronized void next(Mood... coming) {
        moods.addAll(List.of(coming));
    }

    /// The keys that an account's lines have arrived with, each once, in order.
    synchronized List<String> order(String account) {
        return List.copyOf(order.getOrDefault(account, List.of()));
    }

    /// Every click that has arrived, as often as it has.
    synchronized List<JsonNode> clicks() {
        return List.copyOf(clicks);
    }

    /// Every command that was not there before, in order.
    synchronized List<JsonNode> commands() {
        return List.copyOf(commands);
    }

    synchronized int events() {
        return events.size();
    }

    synchronized int requests() {
        return requests;
    }

    synchronized int mostInFlight() {
        return mostInFlight;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Mood mood = enter();
            String answers = answers(mood, body);
            switch (mood) {
                case TAKE, LATE_LINE -> answer(exchange, 200, answers);
                case UNAVAILABLE -> answer(exchange, 503, "");
                case BUSY -> answer(exchange, 429, "");
                case BAD_REQUEST -> answer(exchange, 400, "no batch");
                case TAKE_AND_BREAK -> {
                    byte[] whole = answers.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, whole.length);
                    exchange.getResponseBody().write(whole, 0, whole.length / 2);
                }
            }
        }
    }

    /// A request is in flight until its answer begins: whoever has all of that may send the next
    /// one before this thread comes to its end.
    private String answers(Mood mood, byte[] body) {
        try {
            return switch (mood) {
                case TAKE, TAKE_AND_BREAK -> taken(body, -1);
                case LATE_LINE -> taken(body, 1);
                case UNAVAILABLE, BUSY, BAD_REQUEST -> "";
            };
        } finally {
            leave();
        }
    }

    private synchronized Mood enter() {
        requests++;
        inFlight++;
        mostInFlight = Math.max(mostInFlight, inFlight);
        Mood mood = moods.poll();
        return mood == null ? Mood.TAKE : mood;
    }

    private synchronized void leave() {
        inFlight--;
    }

    private synchronized String taken(byte[] body, int lateLine) {
        StringBuilder answers = new StringBuilder();
        List<String> lines = new String(body, StandardCharsets.UTF_8).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            answers.append(i + 1 == lateLine ? late(i + 1) : taken(i + 1, lines.get(i)))
                    .append('\n');
        }
        return answers.toString();
    }

    private static String late(int line) {
        return "{\"line\":%d,\"status\":503,\"code\":\"timeout\",\"detail\":\"not in time\"}"
                .formatted(line);
    }

    private String taken(int number, String text) {
        JsonNode line = Json.MAPPER.readTree(text);
        if (line.has("clickId")) {
            clicks.add(line);
            return "{\"line\":%d,\"status\":200,\"account\":%s,\"clickId\":%s}"
                    .formatted(number, line.get("account"), line.get("clickId"));
        }
        String key = line.get("idempotencyKey").asString();
        if (line.path("Quantity").asString("").equals("many")) {
            return ("{\"line\":%d,\"status\":422,\"code\":\"validation-failed\",\"detail\":\"bad\","
                            + "\"errors\":[{\"pointer\":\"/Quantity\",\"detail\":\"no number\"}]}")
                    .formatted(number);
        }
        if (line.path("command").asString("").equals("CheckOut")) {
            return "{\"line\":%d,\"status\":409,\"code\":\"cart-empty\",\"detail\":\"empty\"}"
                    .formatted(number);
        }
        if (!isInTheCart(line, key)) {
            return ("{\"line\":%d,\"status\":409,\"code\":\"item-not-in-cart\",\"detail\":\"none\","
                            + "\"replayed\":false}")
                    .formatted(number);
        }
        boolean replayed = events.containsKey(key);
        UUID event = events.computeIfAbsent(key, _ -> eventId());
        if (!replayed) {
            order.computeIfAbsent(account(line), _ -> new ArrayList<>()).add(key);
            commands.add(line);
        }
        return "{\"line\":%d,\"status\":200,\"version\":1,\"replayed\":%s,\"eventId\":\"%s\"}"
                .formatted(number, replayed, event);
    }

    /// Carts of what [BehaviourLines] sends: a product is in one or not.
    private boolean isInTheCart(JsonNode line, String key) {
        String place = account(line) + "/" + line.path("productId").asString("");
        return switch (line.path("command").asString("")) {
            case "AddItem" -> {
                carts.add(place);
                yield true;
            }
            case "RemoveItem" ->
                    events.containsKey(key) || !key.startsWith("click-") || carts.remove(place);
            default -> true;
        };
    }

    private static String account(JsonNode line) {
        return line.path("account").asString(line.path("CustomerID").asString(""));
    }

    private static UUID eventId() {
        long millis = System.currentTimeMillis();
        return new UUID(millis << 16 | 0x7000, UUID.randomUUID().getLeastSignificantBits());
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
