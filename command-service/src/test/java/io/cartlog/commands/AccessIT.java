package io.cartlog.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.cartlog.localstack.LocalStack;
import io.cartlog.localstack.LocalStackSettings;
import io.cartlog.localstack.Part;
import io.cartlog.service.access.SecurityMatrix;
import io.cartlog.service.access.SecurityMatrix.Endpoint;
import io.cartlog.service.access.TestTokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/// The public door: who is let in, and what those are told who are not.
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("NullAway.Init")
class AccessIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Endpoint READS = new Endpoint("GET", "/v1/**");
    private static final String TV =
            "{\"productId\":\"P-1001\",\"quantity\":2,\"price\":\"199.99\"}";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final TestTokens tokens = new TestTokens();
    private final Queue<String> forwarded = new ConcurrentLinkedQueue<>();
    private LocalStack stack;
    private HttpServer readModel;
    private ConfigurableApplicationContext service;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        stack =
                LocalStack.start(
                        LocalStackSettings.inFolder(folder.resolve("stack")).only(Part.KAFKA));
        readModel = readModel();
        service = run(settings(folder));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (send("GET", "/actuator/health", null).statusCode() != 200) {
            assertThat(System.nanoTime()).as("ready in time").isLessThan(deadline);
            LockSupport.parkNanos(5_000_000);
        }
    }

    @AfterAll
    void stop() {
        service.close();
        readModel.stop(0);
        tokens.close();
        stack.close();
        client.close();
    }

    @Test
    void every_endpoint_is_for_whom_the_matrix_says() {
        String table = new SecurityMatrix(address(""), tokens).table(endpoints());

        assertThat(table).isEqualTo(SecurityMatrix.documentedTable("command-service", table));
    }

    /// Every read is one handler here, which stands for those of the projection-service.
    private Collection<Endpoint> endpoints() {
        Collection<Endpoint> endpoints = new TreeSet<>(SecurityMatrix.endpoints(service));
        assertThat(endpoints.remove(READS)).isTrue();
        List<Endpoint> reads =
                SecurityMatrix.documented("projection-service").stream()
                        .filter(it -> it.pattern().startsWith("/v1/"))
                        .toList();
        assertThat(reads).isNotEmpty().allMatch(it -> it.method().equals("GET"));
        endpoints.addAll(reads);
        return endpoints;
    }

    @Test
    void without_a_token_the_answer_says_that_one_is_needed() throws Exception {
        HttpResponse<String> answer = send("GET", "/v1/accounts/a/cart", null);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .hasValue("Bearer realm=\"cartlog\"");
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("Cartlog-Trace-Id")).hasValue(TRACE);
        assertThat(answer.body())
                .isEqualTo(
                        """
                        {"type":"/problems/token-missing","title":"Token missing",\
                        "status":401,"detail":"this address needs a bearer token",\
                        "code":"token-missing","traceId":"4bf92f3577b34da6a3ce929d0e0e4736"}\
                        """);
    }

    @ParameterizedTest
    @CsvSource({
        "expired, expired",
        "wrong audience, aud",
        "wrong issuer, iss",
        "wrong typ, typ",
        "alg none, signed",
        "garbage, signed"
    })
    void a_bad_token_is_told_what_is_wrong_with_it(String how, String word) throws Exception {
        HttpResponse<String> answer =
                send(
                        "GET",
                        "/v1/accounts/a/cart",
                        tokens.spoilt("a").getOrDefault(how, "there is none"));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                .startsWith(
                        "Bearer realm=\"cartlog\", error=\"invalid_token\", error_description=\"")
                .contains(word);
        assertThat(answer.body()).contains("\"code\":\"token-invalid\"");
    }

    @Test
    void a_token_without_the_scope_is_told_which_one_it_needs() throws Exception {
        HttpResponse<String> answer = send("GET", "/v1/invoices/536365", tokens.cart("a"));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .hasValue(
                        "Bearer realm=\"cartlog\", error=\"insufficient_scope\", scope=\"staff\"");
        assertThat(answer.body()).contains("\"code\":\"insufficient-scope\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/accounts/b/cart",
                "GET /v1/accounts/b/orders/1",
                "GET /v1/accounts/%62/cart",
                "GET /v1/accounts/b;a/cart",
                "GET /v1/accounts/A/cart",
                "GET /v1/accounts/a%2F..%2Fb/cart",
                "GET /v1/accounts/a%20/cart",
                "GET /v1/accounts/%00/cart",
                "GET /v1/accounts/b",
                "POST /v1/accounts/b/items",
                "DELETE /v1/accounts/b/items/P-1",
                "PUT /v1/accounts/b/items/P-1",
                "POST /v1/accounts/b/checkout"
            })
    void to_its_holder_another_account_is_none_and_nobody_is_asked(String request)
            throws Exception {
        String[] words = request.split(" ", 2);
        forwarded.clear();

        HttpResponse<String> answer = send(words[0], words[1], tokens.cart("a"));

        assertThat(answer.statusCode()).isIn(400, 404);
        if (answer.statusCode() == 404) {
            assertThat(answer.body())
                    .isEqualTo(send("GET", "/v1/accounts/nobody/cart", tokens.cart("a")).body())
                    .contains("\"code\":\"account-not-found\"");
        }
        assertThat(forwarded).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/accounts/a/../b/cart",
                "/v1/accounts/a/%2e%2e/b/cart",
                "/v1/accounts/a/./../b/cart",
                "/v1//accounts/b/cart",
                "/v1/accounts/a/..;/b/cart"
            })
    void no_detour_leads_to_another_account(String path) throws Exception {
        forwarded.clear();

        HttpResponse<String> answer = send("GET", path, tokens.cart("a"));

        assertThat(answer.statusCode()).isIn(400, 403, 404);
        assertThat(forwarded).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%2Fb", "50%25", "a%3Bb", "BANK%20CHARGES", "caf%C3%A9"})
    void a_product_id_may_have_what_ids_may_have(String encoded) throws Exception {
        String account = "own-products";
        forwarded.clear();

        String path = "/v1/accounts/" + account + "/items/" + encoded;

        assertThat(send("DELETE", path, tokens.cart(account)).body()).contains("item-not-in-cart");
        assertThat(send("GET", path, tokens.cart(account)).statusCode()).isEqualTo(200);
        assertThat(forwarded).hasSize(1).allMatch(it -> it.startsWith(path + " "));
    }

    @Test
    void ones_own_account_is_read_and_written_with_the_same_token_on_the_way() throws Exception {
        String token = tokens.cart("own-account");
        forwarded.clear();

        HttpResponse<String> written = post("/v1/accounts/own-account/items", token);
        HttpResponse<String> read = send("GET", "/v1/accounts/own-account/cart", token);

        assertThat(written.statusCode()).as(written.body()).isEqualTo(200);
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(forwarded).containsExactly("/v1/accounts/own-account/cart Bearer " + token);
    }

    @Test
    void neither_log_nor_metrics_tell_of_accounts_or_tokens(CapturedOutput output)
            throws Exception {
        String token = tokens.cart("account-in-no-log");
        post("/v1/accounts/account-in-no-log/items", token);
        post("/v1/accounts/another-in-no-log/items", token);
        post("/v1/accounts/account-in-no-log/items", token + "x");

        HttpResponse<String> metrics = send("GET", "/actuator/prometheus", tokens.ops());

        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body())
                .contains("http_server_requests")
                .doesNotContain("in-no-log", "eyJ", "P-1001");
        assertThat(output.getAll()).doesNotContain("in-no-log", "eyJ", "P-1001");
    }

    private HttpResponse<String> post(String path, String token) throws Exception {
        return client.send(
                HttpRequest.newBuilder(address(path))
                        .header("Authorization", "Bearer " + token)
                        .header("Idempotency-Key", path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(TV))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String method, String path, @Nullable String token)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address(path))
                        .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                        .method(method, BodyPublishers.noBody());
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private URI address(String path) {
        String port = service.getEnvironment().getRequiredProperty("local.server.port");
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static ConfigurableApplicationContext run(Map<String, String> settings) {
        return SpringApplication.run(
                CommandServiceApplication.class,
                settings.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new));
    }

    private Map<String, String> settings(Path folder) {
        Map<String, String> settings = new HashMap<>(tokens.settings());
        settings.put("server.port", "0");
        settings.put("cartlog.kafka.bootstrap-servers", stack.addresses().kafka());
        settings.put("cartlog.queries.url", "http://127.0.0.1:" + readModel.getAddress().getPort());
        settings.put("cartlog.streams.state-dir", folder.resolve("state").toString());
        return settings;
    }

    /// Remembers what it was asked, and with which token.
    private HttpServer readModel() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    forwarded.add(
                            exchange.getRequestURI()
                                    + " "
                                    + exchange.getRequestHeaders().getFirst("Authorization"));
                    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        return server;
    }
}
