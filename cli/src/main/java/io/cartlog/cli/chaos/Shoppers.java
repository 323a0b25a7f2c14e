package io.cartlog.cli.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cartlog.cli.bench.HttpConnection;
import io.cartlog.cli.bench.HttpConnection.Answer;
import io.cartlog.cli.bench.Sender;
import io.cartlog.cli.terminal.Json;
import io.cartlog.schemas.value.ConsistencyToken;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Accounts with something in the cart, which only ever add to it: so a cart that is read is never
/// empty, and never older than one that was read before.
final class Shoppers {
    /// What a read can be besides not answered.
    static final String EMPTY = "an empty cart";

    static final String OLDER = "an older cart than before";

    private static final int PRODUCTS = 8;
    private static final byte[] NOTHING = {};

    private final InetSocketAddress address;
    private final Supplier<String> tokens;
    private final int accounts;
    private final String run = "chaos-" + Long.toString(System.nanoTime(), 36) + "-";
    private final AtomicLong nextKey = new AtomicLong();
    private final ConcurrentMap<String, Long> shown = new ConcurrentHashMap<>();

    /// @param tokens asked for every request
    Shoppers(URI door, Supplier<String> tokens, int accounts) {
        this.address = new InetSocketAddress(door.getHost(), door.getPort());
        this.tokens = tokens;
        this.accounts = accounts;
    }

    /// Puts something in every cart and waits until it can be read.
    ///
    /// @throws IOException if a service does not answer as it should
    void arrive() throws IOException {
        try (HttpConnection http = new HttpConnection(address, tokens)) {
            for (int i = 0; i < accounts; i++) {
                String account = run + i;
                String token = token(add(http, account), account);
                Answer cart =
                        cart(http, account, HttpConnection.line(ConsistencyToken.HEADER, token));
                String wrong = wrong(account, 0, cart);
                if (wrong != null) {
                    throw new IOException("the cart of " + account + " cannot be read: " + wrong);
                }
            }
        }
    }

    private static String token(Answer added, String account) throws IOException {
        String token = added.headers().get(ConsistencyToken.HEADER.toLowerCase(Locale.ROOT));
        if (added.status() != 200 || token == null) {
            throw new IOException("nothing can be added for " + account + ": " + added.status());
        }
        return token;
    }

    /// One who adds.
    Sender adding() throws IOException {
        HttpConnection http = new HttpConnection(address, tokens);
        return new OneAtATime(
                http,
                () -> {
                    int status = add(http, anybody()).status();
                    return status == 200 ? null : "status " + status;
                });
    }

    /// One who reads.
    Sender reading() throws IOException {
        return reading(address);
    }

    /// One who asks a projection-service itself.
    Sender reading(InetSocketAddress projection) throws IOException {
        HttpConnection http = new HttpConnection(projection, tokens);
        return new OneAtATime(
                http,
                () -> {
                    String account = anybody();
                    long before = shown.getOrDefault(account, 0L);
                    return wrong(account, before, cart(http, account, ""));
                });
    }

    private String anybody() {
        return run + ThreadLocalRandom.current().nextInt(accounts);
    }

    private Answer add(HttpConnection http, String account) throws IOException {
        String body =
                "{\"productId\":\"P-%d\",\"quantity\":1,\"price\":\"9.99\",\"category\":\"TV\"}"
                        .formatted(1_000 + ThreadLocalRandom.current().nextInt(PRODUCTS));
        String key = run + "key-" + nextKey.incrementAndGet();
        return http.send(
                "POST",
                "/v1/accounts/" + account + "/items",
                HttpConnection.line("Idempotency-Key", key)
                        + HttpConnection.line("Content-Type", "application/json"),
                body.getBytes(UTF_8));
    }

    private static Answer cart(HttpConnection http, String account, String headers)
            throws IOException {
        return http.send("GET", "/v1/accounts/" + account + "/cart", headers, NOTHING);
    }

    /// @param before the version that had been shown when the read began
    private @Nullable String wrong(String account, long before, Answer answer) {
        if (answer.status() != 200) {
            return "status " + answer.status();
        }
        JsonNode cart = Json.MAPPER.readTree(answer.body());
        long version = cart.path("version").asLong();
        shown.merge(account, version, Math::max);
        if (cart.path("lines").isEmpty()) {
            return EMPTY;
        }
        return version < before ? OLDER : null;
    }

    private interface Request {
        @Nullable String answered() throws IOException;
    }

    private record OneAtATime(HttpConnection http, Request request) implements Sender {
        @Override
        public @Nullable String send() throws IOException {
            return request.answered();
        }

        @Override
        public int commands() {
            return 1;
        }

        @Override
        public void close() throws IOException {
            http.close();
        }
    }
}
