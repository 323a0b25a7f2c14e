package io.cartlog.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cartlog.schemas.value.ConsistencyToken;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The requests that are measured: carts of up to eight lines, and a key of its own for every
/// command.
final class Senders {
    private static final int PRODUCTS = 8;
    private static final byte[] NOTHING = {};

    private final InetSocketAddress address;
    private final Supplier<String> tokens;
    private final int accounts;
    private final String run = Long.toString(System.nanoTime(), 36);
    private final AtomicLong nextKey = new AtomicLong();

    /// @param tokens asked for every request
    /// @param accounts how many there are
    Senders(InetSocketAddress address, Supplier<String> tokens, int accounts) {
        this.address = address;
        this.tokens = tokens;
        this.accounts = accounts;
    }

    private String key() {
        return run + "-" + nextKey.incrementAndGet();
    }

    private String account() {
        return "bench-" + ThreadLocalRandom.current().nextInt(accounts);
    }

    private static String product() {
        return "P-" + (1_000 + ThreadLocalRandom.current().nextInt(PRODUCTS));
    }

    private HttpConnection connection() throws IOException {
        return new HttpConnection(address, tokens);
    }

    /// One command a request.
    Sender single() throws IOException {
        return new Single(connection(), false);
    }

    /// One command, and then the cart with that command in it: what a shopper waits for.
    Sender readOwnWrite() throws IOException {
        return new Single(connection(), true);
    }

    /// Many commands a request.
    Sender batch(int lines) throws IOException {
        return new Batch(connection(), lines);
    }

    /// A request that asks for nothing: what HTTP itself takes.
    Sender empty() throws IOException {
        return new Empty(connection());
    }

    private final class Single implements Sender {
        private final HttpConnection http;
        private final boolean reads;

        Single(HttpConnection http, boolean reads) {
            this.http = http;
            this.reads = reads;
        }

        @Override
        public @Nullable String send() throws IOException {
            String path = "/v1/accounts/" + account();
            byte[] body =
                    ("{\"productId\":\"" + product() + "\",\"quantity\":1,")
                            .concat("\"price\":\"9.99\",\"category\":\"TV\"}")
                            .getBytes(UTF_8);
            HttpConnection.Answer answer =
                    http.send(
                            "POST",
                            path + "/items",
                            HttpConnection.line("Idempotency-Key", key())
                                    + HttpConnection.line("Content-Type", "application/json"),
                            body);
            if (answer.status() != 200) {
                return "status " + answer.status();
            }
            return reads ? read(path, answer) : null;
        }

        private @Nullable String read(String path, HttpConnection.Answer written)
                throws IOException {
            String header = ConsistencyToken.HEADER.toLowerCase(Locale.ROOT);
            String token = written.headers().getOrDefault(header, "");
            HttpConnection.Answer cart =
                    http.send(
                            "GET",
                            path + "/cart",
                            HttpConnection.line(ConsistencyToken.HEADER, token),
                            NOTHING);
            return cart.status() == 200 ? null : "status " + cart.status() + " of the read";
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

    private final class Batch implements Sender {
        private final HttpConnection http;
        private final int lines;

        Batch(HttpConnection http, int lines) {
            this.http = http;
            this.lines = lines;
        }

        @Override
        public @Nullable String send() throws IOException {
            StringBuilder body = new StringBuilder(lines * 150);
            for (int i = 0; i < lines; i++) {
                body.append("{\"idempotencyKey\":\"").append(key());
                body.append("\",\"account\":\"").append(account());
                body.append("\",\"command\":\"AddItem\",\"productId\":\"").append(product());
                body.append("\",\"quantity\":1,\"price\":\"9.99\",\"category\":\"TV\"}\n");
            }
            HttpConnection.Answer answer =
                    http.send(
                            "POST",
                            "/v1/events/batch",
                            HttpConnection.line("Content-Type", "application/x-ndjson"),
                            body.toString().getBytes(UTF_8));
            return answer.status() == 200 ? wrong(answer.body()) : "status " + answer.status();
        }

        private @Nullable String wrong(String answers) {
            long accepted = answers.lines().filter(it -> it.contains("\"status\":200,")).count();
            return accepted == lines ? null : "a batch with lines that were not accepted";
        }

        @Override
        public int commands() {
            return lines;
        }

        @Override
        public void close() throws IOException {
            http.close();
        }
    }

    private static final class Empty implements Sender {
        private final HttpConnection http;

        Empty(HttpConnection http) {
            this.http = http;
        }

        @Override
        public @Nullable String send() throws IOException {
            HttpConnection.Answer answer = http.send("GET", "/ping", "", NOTHING);
            return answer.status() == 204 ? null : "status " + answer.status();
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
