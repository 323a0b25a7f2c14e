package io.cartlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.cli.openapi.BadRequests;
import io.cartlog.cli.openapi.BadRequests.Bad;
import io.cartlog.cli.openapi.Call;
import io.cartlog.cli.openapi.Examples;
import io.cartlog.cli.openapi.OpenApi;
import io.cartlog.cli.openapi.OpenApi.Operation;
import io.cartlog.cli.openapi.Wire;
import io.cartlog.cli.openapi.Wire.Answer;
import io.cartlog.cli.terminal.Json;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The API is what the OpenAPI document says, for who asks well and for who asks badly.
///
/// `-Dcartlog.bad-requests=20000` sends so many bad ones, `-Dcartlog.seed=7` others.
@Timeout(600)
@ExtendWith(SharedCartlog.class)
class OpenApiIT {
    private static final int BAD_REQUESTS = Integer.getInteger("cartlog.bad-requests", 2_000);
    private static final long SEED = Long.getLong("cartlog.seed", 1);
    private static final int CONNECTIONS = 8;
    private static final String ACCOUNT = "10000002";
    private static final String OTHER = "10000003";
    private static final Path PAGES = Readme.ROOT.resolve("docs/problems");

    /// Names of classes, lines of stack traces.
    private static final Pattern INSIDES =
            Pattern.compile(
                    "Exception|[A-Z][A-Za-z]+\\.[A-Z_]{4,}|StreamReadConstraints|\\.java:|\\bat [a-z]+\\.|(?:[a-z]+\\.){2,}[A-Z]");

    private static RunningCartlog cartlog;
    private static InetSocketAddress address;
    private static OpenApi document;
    private static Map<String, String> tokens;

    @BeforeAll
    static void start(RunningCartlog running) throws Exception {
        cartlog = running;
        cartlog.done(
                "up",
                "--only",
                "local-stack,authorization-server,command-service,projection-service");
        URI base = URI.create(cartlog.http());
        address = new InetSocketAddress(base.getHost(), base.getPort());
        tokens =
                Map.of(
                        "cart", token("--account", ACCOUNT),
                        "staff", token("--scope", "staff"),
                        "ops", token("--scope", "ops"));
        document = new OpenApi(Files.readAllBytes(Readme.ROOT.resolve("docs/openapi.json")));
    }

    private static String token(String... whose) {
        return cartlog.doneHere("token", whose[0], whose[1]).out().strip();
    }

    @Test
    void the_document_is_the_one_that_is_served_and_nobody_needs_a_token_for_it() throws Exception {
        assertThat(send(Call.of("GET", "/v1/openapi.json")).body())
                .isEqualTo(Files.readString(Readme.ROOT.resolve("docs/openapi.json")));
    }

    @Test
    void swagger_ui_comes_whole_from_here() throws Exception {
        assertThat(send(Call.of("GET", "/swagger-ui")).header("Location"))
                .isEqualTo("/swagger-ui/index.html");
        Answer page = send(Call.of("GET", "/swagger-ui/index.html"));
        assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'self';");
        List<String> files =
                Pattern.compile("(?:src|href)=\"([^\"]+)\"")
                        .matcher(page.body())
                        .results()
                        .map(file -> file.group(1))
                        .toList();
        assertThat(files).hasSizeGreaterThanOrEqualTo(4).noneMatch(file -> file.contains("//"));
        for (String file : files) {
            Answer answer = send(Call.of("GET", "/swagger-ui/" + file.replaceFirst("^\\./", "")));
            assertThat(answer.status()).as(file).isEqualTo(200);
        }
        assertThat(send(Call.of("GET", "/swagger-ui/swagger-initializer.js")).body())
                .contains("\"/v1/openapi.json\"");
    }

    /// Each example of the document once or more, in an order in which each can be accepted.
    private static final List<String> TOUR =
            List.of(
                    "addItem",
                    "setQuantity",
                    "saveForLater",
                    "moveToCart",
                    "saveForLater",
                    "removeSavedItem",
                    "saveItem",
                    "addItem",
                    "items",
                    "cart",
                    "explain",
                    "removeItem",
                    "addItem",
                    "clearCart",
                    "undo",
                    "act",
                    "addItem",
                    "mergeCart",
                    "checkOut",
                    "orders",
                    "order",
                    "history",
                    "events",
                    "command",
                    "recordPurchase",
                    "batch",
                    "clicks",
                    "invoice",
                    "holders",
                    "document",
                    "problem");

    @Test
    void what_the_examples_ask_for_is_answered_as_documented() throws Exception {
        String account = "10000012";
        String own = token("--account", account);
        Set<String> asked = new LinkedHashSet<>();
        String order = "";
        String consistency = "";
        for (int i = 0; i < TOUR.size(); i++) {
            String id = TOUR.get(i);
            Operation operation = operation(id);
            Call call =
                    new Examples(document, account, order, "tour-" + TOUR.indexOf("checkOut"))
                            .call(operation, "tour-" + i, own, tokens);
            if (operation.method().equals("GET") && operation.path().contains("{account}")) {
                call = call.plus("Cartlog-Consistency-Token", consistency);
            }
            Answer answer = id.equals("events") ? send(call.withQuery("after=0")) : patiently(call);
            assertDocumented(operation, answer);
            if (!answer.header("Cartlog-Consistency-Token").isEmpty()
                    && operation.path().contains("{account}")) {
                consistency = answer.header("Cartlog-Consistency-Token");
            }
            if (id.equals("checkOut")) {
                order = Json.MAPPER.readTree(answer.body()).get("orderId").asString();
            }
            asked.add(id);
        }
        assertThat(asked)
                .containsExactlyInAnyOrderElementsOf(
                        document.operations().stream().map(Operation::id).toList());
    }

    /// Invoices and products show what was written a moment later, and need no token of
    /// consistency.
    private static Answer patiently(Call call) throws Exception {
        return Await.until(
                () -> send(call),
                answer ->
                        answer.status() != 404
                                || !call.target().matches("/v1/(invoices|products).*"));
    }

    private static void assertDocumented(Operation operation, Answer answer) {
        String said = operation + " " + answer;
        assertThat(answer.status()).as(said).isBetween(200, 299);
        JsonNode schema =
                Objects.requireNonNull(document.answerSchema(operation, answer.status()), said);
        List<JsonNode> values = new ArrayList<>();
        String type = answer.header("Content-Type");
        if (schema.has("contentSchema")) {
            for (String line : answer.body().split("\n", -1)) {
                if (line.startsWith("{") || line.startsWith("data:")) {
                    values.add(Json.MAPPER.readTree(line.replaceFirst("^data: ?", "")));
                }
            }
            schema = schema.get("contentSchema");
        } else if (type.startsWith("application/json")) {
            values.add(Json.MAPPER.readTree(answer.body()));
        } else {
            assertThat(type).startsWith("text/html");
            return;
        }
        assertThat(values).as(said).isNotEmpty();
        for (JsonNode value : values) {
            assertThat(document.errors(schema, value)).as(said).isEmpty();
        }
    }

    private static Operation operation(String id) {
        return document.operations().stream()
                .filter(it -> it.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void bad_requests_are_refused_with_a_problem_and_change_nothing() throws Exception {
        String order = fill();
        List<String> before = state();
        BadRequests requests =
                new BadRequests(
                        new Examples(document, ACCOUNT, order, "bought"), tokens, OTHER, SEED);
        Map<String, Integer> refusals = new TreeMap<>();
        Map<String, String> findings = new TreeMap<>();
        AtomicLong number = new AtomicLong();
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Callable<@Nullable Void>> senders = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                senders.add(() -> {
                    sendAll(requests, number, refusals, findings);
                    return null;
                });
            }
            for (Future<?> sender : threads.invokeAll(senders)) {
                sender.get();
            }
        }
        System.out.printf("%d bad requests with seed %d: %s%n", BAD_REQUESTS, SEED, refusals);
        assertThat(findings).as("seed %d, %d findings", SEED, findings.size()).isEmpty();
        assertThat(state()).isEqualTo(before);
        assertThat(refusals.values().stream().mapToInt(it -> it).sum()).isEqualTo(BAD_REQUESTS);
    }

    /// Carts in which every example of a command could be carried out, and an order that is shown.
    ///
    /// @return the order
    private static String fill() throws Exception {
        String order = "";
        for (String id :
                List.of(
                        "addItem",
                        "checkOut",
                        "addItem",
                        "saveItem",
                        "addItem",
                        "saveForLater",
                        "addItem")) {
            for (String account : List.of(OTHER, ACCOUNT)) {
                String key = id.equals("checkOut") ? "bought" : id + System.nanoTime();
                Call call =
                        new Examples(document, account, "", "")
                                .call(operation(id), key, "", tokens)
                                .with("Authorization", "Bearer " + tokens.get("ops"));
                JsonNode answer = Json.MAPPER.readTree(send(call).body());
                assertThat(answer.has("events")).as(answer.toString()).isTrue();
                order = answer.path("orderId").asString(order);
            }
        }
        Call invoice =
                Call.of("GET", "/v1/invoices/" + order)
                        .plus("Authorization", "Bearer " + tokens.get("ops"));
        Await.until(() -> send(invoice), answer -> answer.status() == 200);
        return order;
    }

    /// Both accounts' versions, as the log has them, and the till's account.
    private static List<String> state() throws IOException {
        List<String> tags = new ArrayList<>();
        for (String account : List.of(ACCOUNT, OTHER, "17850", "guest-7f3a9c", "guest-536365")) {
            Call call =
                    Call.of("GET", "/v1/accounts/" + account + "/history?limit=1")
                            .plus("Authorization", "Bearer " + tokens.get("ops"));
            tags.add(account + " " + send(call).header("ETag"));
        }
        return tags;
    }

    private static void sendAll(
            BadRequests requests,
            AtomicLong number,
            Map<String, Integer> refusals,
            Map<String, String> findings)
            throws IOException {
        Wire wire = new Wire(address);
        boolean fresh = true;
        try {
            for (long n = number.getAndIncrement();
                    n < BAD_REQUESTS;
                    n = number.getAndIncrement()) {
                Bad bad = requests.get(n);
                Optional<Answer> answer = answer(wire, bad.call());
                if (answer.isEmpty() && !fresh) {
                    // The service may have closed the connection after the answer before.
                    wire.close();
                    wire = new Wire(address);
                    answer = answer(wire, bad.call());
                }
                String outcome = answer.map(it -> outcome(bad, it)).orElse("no answer");
                note(bad, n, outcome, answer.map(Answer::body).orElse(""), refusals, findings);
                fresh = answer.isEmpty() || answer.get().isLast() || !bad.call().whole();
                if (fresh) {
                    wire.close();
                    wire = new Wire(address);
                }
            }
        } finally {
            wire.close();
        }
    }

    private static Optional<Answer> answer(Wire wire, Call call) throws IOException {
        try {
            return Optional.of(wire.send(call));
        } catch (EOFException | SocketException _) {
            return Optional.empty();
        }
    }

    private static void note(
            Bad bad,
            long number,
            String outcome,
            String body,
            Map<String, Integer> refusals,
            Map<String, String> findings) {
        boolean known = Files.exists(PAGES.resolve(outcome + ".md"));
        synchronized (refusals) {
            refusals.merge(outcome, 1, Integer::sum);
            if (!known) {
                findings.putIfAbsent(
                        bad.operation() + " | " + bad.flaw() + " | " + outcome,
                        "#%d %s -> %s".formatted(number, bad.call(), body));
            }
        }
    }

    /// @return the code that it was refused with, or what is wrong with the answer
    private static String outcome(Bad bad, Answer answer) {
        if (INSIDES.matcher(answer.body()).find()) {
            return "tells of its insides";
        }
        if (bad.operation().isBatch() && answer.status() == 200) {
            return lines(bad, answer);
        }
        if (answer.status() < 400 || answer.status() > 499) {
            return "status " + answer.status();
        }
        if (!answer.header("Content-Type").startsWith("application/problem+json")) {
            return answer.status() + " is no problem";
        }
        try {
            return outcome(bad, answer, Json.MAPPER.readTree(answer.body()));
        } catch (JacksonException e) {
            return "no JSON: " + e.getOriginalMessage();
        }
    }

    private static String outcome(Bad bad, Answer answer, JsonNode problem) {
        String code = problem.path("code").asString("");
        JsonNode documented = document.answerSchema(bad.operation(), answer.status());
        JsonNode schema =
                bad.documented() && documented != null ? documented : document.schema("Problem");
        List<String> errors = document.errors(schema, problem);
        if (!errors.isEmpty()) {
            return "not a documented problem: " + errors;
        }
        if (bad.documented() && documented == null) {
            return "not documented: " + answer.status() + " " + code;
        }
        if (problem.get("status").asInt() != answer.status()
                || !problem.get("type").asString().equals("/problems/" + code)
                || !problem.get("traceId").asString().equals(answer.header("Cartlog-Trace-Id"))) {
            return "does not say what the headers say: " + answer.status();
        }
        return bad.codes().contains(code) ? code : "for another reason: " + code;
    }

    /// Every line of the answer must be a refusal.
    private static String lines(Bad bad, Answer answer) {
        Set<String> outcomes = new LinkedHashSet<>();
        for (String line : answer.body().split("\n", -1)) {
            if (!line.isEmpty()) {
                JsonNode outcome = Json.MAPPER.readTree(line);
                String code = outcome.path("code").asString("accepted");
                boolean asExpected =
                        bad.codes().contains(code)
                                && document.errors(document.schema("BatchOutcome"), outcome)
                                        .isEmpty();
                outcomes.add(asExpected ? code : "line " + outcome.get("status") + " " + code);
            }
        }
        return outcomes.size() == 1 ? outcomes.iterator().next() : "lines " + outcomes;
    }

    private static Answer send(Call call) throws IOException {
        try (Wire wire = new Wire(address)) {
            return wire.send(call);
        }
    }
}
