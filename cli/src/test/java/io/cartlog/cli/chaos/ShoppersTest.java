package io.cartlog.cli.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cartlog.cli.bench.Sender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A shop that can be made to break its promises.
class ShoppersTest {
    private static final String LINE = "{\"productId\":\"P-1\"}";

    private HttpServer shop;
    private Shoppers shoppers;
    private volatile int status = 200;
    private volatile String cart = "";

    @BeforeEach
    void open() throws IOException {
        shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        shop.createContext("/", this::answer);
        shop.start();
        shoppers =
                new Shoppers(
                        URI.create("http://127.0.0.1:" + shop.getAddress().getPort()),
                        () -> "token",
                        1);
        cart(5, LINE);
    }

    @AfterEach
    void close() {
        shop.stop(0);
    }

    private void cart(long version, String lines) {
        cart = "{\"version\":%d,\"lines\":[%s]}".formatted(version, lines);
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] body = cart.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Cartlog-Consistency-Token", "token");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String read() throws IOException {
        try (Sender reader = shoppers.reading()) {
            String wrong = reader.send();
            return wrong == null ? "" : wrong;
        }
    }

    @Test
    void a_cart_that_only_grows_is_as_it_should_be() throws IOException {
        shoppers.arrive();
        assertThat(read()).isEmpty();
        cart(6, LINE);
        assertThat(read()).isEmpty();
        assertThat(read()).isEmpty();
    }

    @Test
    void a_cart_that_was_newer_before_is_told() throws IOException {
        shoppers.arrive();
        cart(4, LINE);
        assertThat(read()).isEqualTo(Shoppers.OLDER);
    }

    @Test
    void an_empty_cart_is_told() throws IOException {
        shoppers.arrive();
        cart(6, "");
        assertThat(read()).isEqualTo(Shoppers.EMPTY);
    }

    @Test
    void a_read_and_a_command_that_fail_are_told() throws IOException {
        shoppers.arrive();
        status = 503;
        assertThat(read()).isEqualTo("status 503");
        try (Sender writer = shoppers.adding()) {
            assertThat(writer.send()).isEqualTo("status 503");
        }
    }

    @Test
    void nothing_begins_with_carts_that_cannot_be_read() {
        cart(0, "");
        assertThatThrownBy(shoppers::arrive).hasMessageContaining("cannot be read: an empty cart");
    }
}
