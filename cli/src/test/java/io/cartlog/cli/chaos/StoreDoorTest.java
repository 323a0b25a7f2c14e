package io.cartlog.cli.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoreDoorTest {
    private HttpServer store;
    private StoreDoor door;

    @BeforeEach
    void open() throws IOException {
        store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.createContext(
                "/",
                exchange -> {
                    byte[] body = "item".getBytes(UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        store.start();
        door = new StoreDoor(URI.create("http://127.0.0.1:" + store.getAddress().getPort()));
    }

    @AfterEach
    void close() throws IOException {
        door.close();
        store.stop(0);
    }

    /// On a connection of its own.
    private String ask() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(door.address()).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    @Test
    void while_it_is_open_the_store_answers() throws Exception {
        assertThat(ask()).isEqualTo("item");
    }

    @Test
    void while_it_is_shut_nobody_listens_and_who_was_connected_is_cut_off() throws Exception {
        try (Socket connected =
                new Socket(InetAddress.getLoopbackAddress(), door.address().getPort())) {
            assertThat(ask()).isEqualTo("item");
            connected.setSoTimeout(10_000);

            door.shut();

            assertThatThrownBy(this::ask).isInstanceOf(ConnectException.class);
            assertThat(ended(connected)).isTrue();
        }
    }

    private static boolean ended(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException _) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    @Test
    void when_it_is_opened_again_the_store_answers_at_the_same_address() throws Exception {
        URI before = door.address();
        door.shut();
        door.open();

        assertThat(ask()).isEqualTo("item");
        assertThat(door.address()).isEqualTo(before);
    }
}
