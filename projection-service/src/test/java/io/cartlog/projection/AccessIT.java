package io.cartlog.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.service.access.SecurityMatrix;
import io.cartlog.service.access.TestTokens;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/// Nobody reads another's account.
@ExtendWith(OutputCaptureExtension.class)
class AccessIT {
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final Set<String> ABOUT_THE_CONNECTION =
            Set.of("date", "connection", "keep-alive");
    private static final int ACCOUNTS = 40;
    private static final int READS = 10_000;
    private static final List<String> READ_PATHS =
            List.of(
                    "/cart",
                    "/items?status=ACTIVE",
                    "/items?status=PURCHASED&limit=1&consumed=true",
                    "/orders",
                    "/orders/O-01KDYC4Q2YAAAAAAAAAAAAAAAA",
                    "/orders/536365",
                    "/nothing-here",
                    "");

    private static RunningService service;
    private static TestTokens tokens;
    private static EventWriter log;

    @BeforeAll
    static void start() {
        service = new RunningService(TestStack.addresses(), "AccessTable");
        tokens = service.tokens();
        log = new EventWriter(TestStack.addresses().kafka());
    }

    @AfterAll
    static void stop() {
        service.close();
        log.close();
    }

    @Test
    void every_endpoint_is_for_whom_the_matrix_says() {
        String table =
                new SecurityMatrix(service.address(), tokens)
                        .table(SecurityMatrix.endpoints(service.context()));

        assertThat(table).isEqualTo(SecurityMatrix.documentedTable("projection-service", table));
    }

    @Test
    void ten_thousand_reads_of_other_accounts_see_not_one_foreign_byte(CapturedOutput output)
            throws Exception {
        List<String> accounts = filledAccounts();
        Map<String, String> tokenOf = new HashMap<>();
        accounts.forEach(account -> tokenOf.put(account, tokens.cart(account)));
        String unknown =
                body(get("/v1/accounts/nobody-knows-me/cart", tokens.cart(accounts.getFirst())));
        assertThat(unknown).contains("\"code\":\"account-not-found\"");
        Random random = new Random(20_101_201);

        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < READS; i++) {
                String reader = accounts.get(random.nextInt(ACCOUNTS));
                String path = foreign(random, accounts, reader);
                answers.add(threads.submit(() -> get(path, tokenOf.getOrDefault(reader, ""))));
            }
            Set<String> bodies = new TreeSet<>();
            Set<String> headers = new TreeSet<>();
            for (Future<HttpResponse<String>> answer : answers) {
                bodies.add(body(answer.get()));
                headers.add(
                        answer.get().headers().map().entrySet().stream()
                                .filter(it -> !ABOUT_THE_CONNECTION.contains(it.getKey()))
                                .toList()
                                .toString());
            }
            assertThat(bodies).containsExactly(unknown);
            assertThat(headers).hasSize(1);
        }
        for (String account : accounts) {
            HttpResponse<String> own =
                    get("/v1/accounts/" + account + "/cart", tokenOf.getOrDefault(account, ""));
            assertThat(own.statusCode()).isEqualTo(200);
            assertThat(own.body()).contains("\"" + account + "\"", "P-7001");
        }
        assertNothingToldTo(output.getAll(), tokenOf);
        assertNothingToldTo(get("/actuator/prometheus", tokens.ops()).body(), tokenOf);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cartlog.security.issuer", "cartlog.security.jwks-url"})
    void without_knowing_whom_to_believe_the_service_does_not_start(String setting) {
        assertThatThrownBy(() ->
                        new RunningService(TestStack.addresses(), "AccessTable", setting + "="))
                .hasStackTraceContaining("the setting " + setting + " is missing");
    }

    private static void assertNothingToldTo(String text, Map<String, String> tokenOf) {
        tokenOf.forEach((account, token) -> assertThat(text).doesNotContain(account, token));
        assertThat(text).doesNotContain(tokens.ops(), "eyJ");
    }

    private static String foreign(Random random, List<String> accounts, String reader) {
        String owner = accounts.get(random.nextInt(ACCOUNTS));
        while (owner.equals(reader)) {
            owner = accounts.get(random.nextInt(ACCOUNTS));
        }
        return "/v1/accounts/" + owner + READ_PATHS.get(random.nextInt(READ_PATHS.size()));
    }

    private static List<String> filledAccounts() {
        List<String> accounts =
                IntStream.range(0, ACCOUNTS).mapToObj(i -> "guarded-" + i + "-x").toList();
        List<RecordedEvent> events = new ArrayList<>();
        for (String account : accounts) {
            events.addAll(new Histories(account).add("P-7001", 2, "19.99", "TV").events());
        }
        log.write(events);
        service.awaitCaughtUp();
        return accounts;
    }

    private static HttpResponse<String> get(String path, String token) {
        HttpRequest request =
                HttpRequest.newBuilder(service.address().resolve(path))
                        .header("Authorization", "Bearer " + token)
                        .header("traceparent", TRACE)
                        .build();
        return service.send(request);
    }

    private static String body(HttpResponse<String> answer) {
        return answer.statusCode() + " " + answer.body();
    }
}
