package io.cartlog.commands.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@SuppressWarnings("NullAway.Init")
class ReadModelsTest {
    private static final int FREE = 0;

    private HttpServer one;
    private HttpServer other;
    private ReadModels readModels;

    @BeforeEach
    void start() throws IOException {
        one = server("one", FREE);
        other = server("other", FREE);
        readModels = new ReadModels(List.of(addressOf(one, "/"), addressOf(other, "")));
    }

    @AfterEach
    void stop() {
        one.stop(0);
        other.stop(0);
    }

    @Test // C, show 1
    void the_next_answers_for_one_that_has_gone_and_goes_on_when_it_comes_back() throws Exception {
        assertThat(answer()).isEqualTo("one");
        one.stop(0);
        assertThat(answer()).isEqualTo("other");
        assertThat(answer()).isEqualTo("other");
        one = server("one", one.getAddress().getPort());
        assertThat(answer()).isEqualTo("other");
        other.stop(0);
        assertThat(answer()).isEqualTo("one");
    }

    @Test
    void one_that_takes_a_request_and_hangs_up_is_passed_over() throws Exception {
        one.removeContext("/");
        one.createContext(
                "/",
                exchange -> {
                    throw new IOException("killed while it answers");
                });
        assertThat(answer()).isEqualTo("other");
    }

    @Test // C, show 1
    void one_that_breaks_off_in_the_middle_of_its_answer_is_passed_over() throws Exception {
        one.removeContext("/");
        one.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, 1_000);
                    exchange.getResponseBody().write(new byte[500]);
                    exchange.getResponseBody().flush();
                    throw new IOException("killed while it answers");
                });
        assertThat(answer()).isEqualTo("other");
    }

    @Test
    void an_answer_longer_than_what_is_read_before_it_goes_on_is_whole() throws Exception {
        byte[] large = new byte[3_000_000];
        new Random(1).nextBytes(large);
        one.removeContext("/");
        one.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, large.length);
                    exchange.getResponseBody().write(large);
                    exchange.close();
                });
        try (InputStream body = readModels.ask(address -> read(address, "/")).body()) {
            assertThat(body.readAllBytes()).isEqualTo(large);
        }
    }

    @Test
    void one_that_does_not_answer_in_time_is_passed_over() throws Exception {
        one.removeContext("/");
        one.createContext("/", exchange -> {});
        assertThat(answer()).isEqualTo("other");
    }

    @Test
    void that_none_answers_is_said() {
        one.stop(0);
        other.stop(0);
        assertThatThrownBy(this::answer).isInstanceOf(IOException.class);
    }

    @Test
    void a_malformed_target_is_nobodys_trouble() {
        assertThatThrownBy(() -> readModels.ask(address -> read(address, "/a b")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private String answer() throws IOException, InterruptedException {
        try (InputStream body =
                readModels.ask(address -> read(address, "/v1/accounts/a/cart")).body()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static HttpRequest read(String address, String target) {
        return HttpRequest.newBuilder(URI.create(address + target))
                .timeout(Duration.ofSeconds(1))
                .build();
    }

    private static HttpServer server(String name, int port) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, name.length());
                    exchange.getResponseBody().write(name.getBytes(StandardCharsets.UTF_8));
                    exchange.close();
                });
        server.start();
        return server;
    }

    private static URI addressOf(HttpServer server, String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }
}
