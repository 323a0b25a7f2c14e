package io.cartlog.commands.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The gateway alone, in front of a server that sends when the test says so.
@Timeout(60)
@SuppressWarnings("NullAway.Init")
class EndlessStreamsTest {
    private static final String END = "end";

    private final BlockingQueue<String> pieces = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer upstream;
    private ConfigurableApplicationContext gateway;
    private URI address;

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class
    })
    @Import({QueryGateway.class, EndlessStreams.class})
    static class Gateway {}

    @BeforeEach
    void start() throws IOException {
        upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.setExecutor(threads);
        upstream.createContext(
                "/v1/accounts/a/events",
                exchange -> {
                    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
                    exchange.getResponseHeaders().set("Cartlog-Trace-Id", "one");
                    exchange.sendResponseHeaders(200, 0);
                    try (OutputStream out = exchange.getResponseBody()) {
                        for (String piece = pieces.take();
                                !piece.equals(END);
                                piece = pieces.take()) {
                            out.write(piece.getBytes(StandardCharsets.UTF_8));
                            out.flush();
                        }
                    } catch (IOException | InterruptedException e) {
                        told.add("gone");
                    }
                });
        upstream.start();
        GatewaySettings settings =
                new GatewaySettings(
                        List.of(URI.create("http://127.0.0.1:" + upstream.getAddress().getPort())));
        gateway =
                new SpringApplicationBuilder(Gateway.class)
                        .initializers(context ->
                                context.getBeanFactory()
                                        .registerSingleton("gatewaySettings", settings))
                        .run(
                                "--server.port=0",
                                "--server.address=127.0.0.1",
                                "--server.shutdown=graceful",
                                "--spring.config.location=optional:classpath:/none/",
                                "--spring.main.banner-mode=off");
        address =
                URI.create(
                        "http://127.0.0.1:"
                                + gateway.getEnvironment()
                                        .getRequiredProperty("local.server.port"));
    }

    @AfterEach
    void stop() {
        gateway.close();
        pieces.add(END);
        upstream.stop(0);
        threads.shutdownNow();
    }

    private HttpResponse<InputStream> follow() throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(address.resolve("/v1/accounts/a/events")).build(),
                BodyHandlers.ofInputStream());
    }

    private static BufferedReader lines(HttpResponse<InputStream> answer) {
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    @Test
    void each_piece_comes_when_it_is_sent() throws Exception {
        pieces.add("id: 1\n\n");
        HttpResponse<InputStream> answer = follow();
        try (BufferedReader lines = lines(answer)) {
            assertThat(answer.headers().allValues("Cartlog-Trace-Id")).containsExactly("one");
            assertThat(lines.readLine()).isEqualTo("id: 1");
            pieces.add("id: 2\n\n");
            assertThat(lines.readLine()).isEmpty();
            assertThat(lines.readLine()).isEqualTo("id: 2");
            pieces.add(END);
            assertThat(lines.readLine()).isEmpty();
            assertThat(lines.readLine()).isNull();
        }
    }

    @Test
    void the_sender_hears_that_the_client_has_gone() throws Exception {
        pieces.add("id: 1\n\n");
        try (BufferedReader lines = lines(follow())) {
            assertThat(lines.readLine()).isEqualTo("id: 1");
        }

        String heard = null;
        while (heard == null) {
            pieces.add(":\n\n");
            heard = told.poll(50, TimeUnit.MILLISECONDS);
        }
        assertThat(heard).isEqualTo("gone");
    }

    @Test
    void a_gateway_that_stops_ends_its_streams_at_once() throws Exception {
        pieces.add("id: 1\n\n");
        try (BufferedReader lines = lines(follow())) {
            assertThat(lines.readLine()).isEqualTo("id: 1");
            long start = System.nanoTime();

            gateway.close();

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(10));
        }
    }
}
