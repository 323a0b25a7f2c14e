package io.cartlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cartlog.cli.RunningCartlog.Running;
import io.cartlog.cli.terminal.Json;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.service.tracing.TraceReceiver;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A running system is watched: the dashboard and the alerts by a real Prometheus that scrapes it,
/// a command by a collector of traces.
@Timeout(600)
@TestMethodOrder(OrderAnnotation.class)
class MonitoringIT {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static RunningCartlog cartlog;
    private static TraceReceiver collector;
    private static @Nullable PrometheusServer server;

    @BeforeAll
    static void up() throws Exception {
        collector = new TraceReceiver();
        cartlog = RunningCartlog.in(folder).with(FollowedCommand.variables(collector));
        cartlog.done("up");
        Optional<Path> program = PrometheusServer.program();
        if (program.isPresent()) {
            server = PrometheusServer.start(program.orElseThrow(), folder, cartlog);
        }
        cartlog.doneHere("load", "generated", "--accounts", "40", "--commands", "1000");
        cartlog.doneHere("reconcile");
    }

    @AfterAll
    static void down() throws Exception {
        if (server != null) {
            server.close();
        }
        cartlog.done("down");
        collector.close();
    }

    private static PrometheusServer prometheus() {
        assumeTrue(server != null, "no prometheus on the PATH (Debian: prometheus)");
        return Objects.requireNonNull(server);
    }

    @Order(1)
    @Test
    void a_command_is_one_trace_from_its_request_to_its_view_and_into_lake_and_warehouse()
            throws Exception {
        FollowedCommand.assertIsOneTrace(cartlog, collector);
        FollowedCommand.assertLogsAreJson(cartlog);
    }

    @Order(2)
    @Test // C, show 7
    void each_query_of_the_dashboard_returns_data() throws Exception {
        JsonNode dashboard =
                Json.MAPPER.readTree(Readme.ROOT.resolve("ops/grafana/cartlog.json").toFile());
        List<String> queries =
                dashboard
                        .get("panels")
                        .valueStream()
                        .flatMap(panel -> panel.get("targets").valueStream())
                        .map(target -> target.get("expr").asString())
                        .map(query -> query.replace("$__rate_interval", "1m"))
                        .toList();
        assertThat(queries).hasSizeGreaterThan(15);
        for (String query : queries) {
            Await.until(
                    () -> {
                        // A rate or a percentile of nothing is none.
                        assertThat(send("seen").statusCode()).isEqualTo(200);
                        assertThat(read("seen").statusCode()).isEqualTo(200);
                        return new Found(query, prometheus().query(query));
                    },
                    found -> isData(found.series));
        }
    }

    private record Found(String query, JsonNode series) {}

    private static HttpResponse<String> read(String account)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(
                                    URI.create(
                                            cartlog.http() + "/v1/accounts/" + account + "/cart"))
                            .header("Authorization", "Bearer " + Token.VALUE)
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    @Order(3)
    @Test
    void every_metric_that_the_guide_names_is_there() throws Exception {
        Set<String> named =
                Pattern.compile("`(cartlog_[a-z_]+|http_server_requests_seconds)")
                        .matcher(Files.readString(Readme.OPERATIONS))
                        .results()
                        .map(match -> match.group(1))
                        .collect(Collectors.toSet());

        assertThat(named).hasSizeGreaterThan(15);
        for (String metric : named) {
            String any = "{__name__=~\"" + metric + "(_count)?\"}";
            Await.until(() -> prometheus().query(any), series -> !series.isEmpty());
        }
    }

    /// A number at least.
    private static boolean isData(JsonNode series) {
        return !series.isEmpty()
                && series.valueStream()
                        .anyMatch(each -> !each.at("/value/1").asString().equals("NaN"));
    }

    /// The last: it leaves no stack behind.
    @Order(4)
    @Test // C, show 7
    void each_alert_fires_when_its_fault_is_made_and_none_before() throws Exception {
        Await.until(() -> prometheus().query("up == 1"), services -> services.size() == 3);
        assertThat(prometheus().firing()).isEmpty();
        Set<String> fired = new TreeSet<>();

        unreadableRecord();
        fired.addAll(firing(Set.of("DeadLetters")));
        fileInQuarantine();
        fired.addAll(firing(Set.of("FilesInQuarantine")));
        fired.addAll(postgresKilled());
        everythingBelowTheServicesStandsStill(fired);
        fired.addAll(serviceKilled());
        fired.addAll(heapFull());

        assertThat(fired.stream().map(name -> name.replaceAll("(views|lake|warehouse)$", "")))
                .containsAll(prometheus().rules());
    }

    private static Set<String> firing(Set<String> wanted) throws Exception {
        return Await.until(() -> prometheus().firing(), firing -> firing.containsAll(wanted));
    }

    private static void unreadableRecord() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", cartlog.kafka()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            byte[] account = "unreadable".getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(Topics.EVENTS.name(), account, new byte[] {0, 1}))
                    .get();
        }
    }

    private static void fileInQuarantine() throws Exception {
        cartlog.doneHere(
                "sql",
                "--write",
                """
                INSERT INTO warehouse.quarantine
                VALUES ('s3://cartlog/nowhere', 1, 0, 0, 0, 1, 1, 'the object is missing', 1, now(),
                    now(), null)
                """);
    }

    /// Log and tables, by SIGSTOP in the middle of a load.
    private static void everythingBelowTheServicesStandsStill(Set<String> fired) throws Exception {
        List<ProcessHandle> frozen = family(cartlog.process("local-stack"));
        Running load = cartlog.start("load", "generated", "--seed", "2", "--commands", "40000");
        Await.until(
                () -> prometheus().query("sum(rate(cartlog_projection_events_total[5s])) > 50"),
                MonitoringIT::isData);
        freezeWhileTheViewsAreWritten(frozen);
        try {
            Set<String> seen = new TreeSet<>();
            Await.until(
                    () -> {
                        // More than one: the first of a series is no increase for Prometheus.
                        assertThat(send("frozen").statusCode()).isGreaterThanOrEqualTo(500);
                        seen.addAll(prometheus().firing());
                        return seen;
                    },
                    it ->
                            it.containsAll(
                                    Set.of(
                                            "StoreStaleviews",
                                            "DynamoDbTakesNothing",
                                            "CommandsFail",
                                            "CommandsSlow")));
            fired.addAll(seen);
        } finally {
            signal("CONT", frozen);
            load.process().destroyForcibly();
        }
    }

    private static void freezeWhileTheViewsAreWritten(List<ProcessHandle> processes)
            throws Exception {
        for (int attempt = 0; attempt < 10; attempt++) {
            signal("STOP", processes);
            TimeUnit.SECONDS.sleep(3);
            if (!prometheus().query("cartlog_dynamodb_waiting_seconds > 1").isEmpty()) {
                return;
            }
            signal("CONT", processes);
            TimeUnit.MILLISECONDS.sleep(attempt);
        }
        throw new AssertionError("no write of the views was ever under way");
    }

    /// It has the lake's catalog and the warehouse.
    private static Set<String> postgresKilled() throws Exception {
        ProcessHandle server =
                family(cartlog.process("local-stack")).stream()
                        .filter(it -> isPostgres(it) && !isPostgres(it.parent().orElseThrow()))
                        .findFirst()
                        .orElseThrow();
        signal("KILL", List.of(server));
        assertThat(send("killed").statusCode()).isEqualTo(200);
        return firing(
                Set.of("LakeFails", "WarehouseFails", "StoreStalelake", "StoreStalewarehouse"));
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info().command().orElse("").endsWith("postgres");
    }

    private static List<ProcessHandle> family(ProcessHandle parent) {
        return Stream.concat(Stream.of(parent), parent.descendants()).toList();
    }

    private static void signal(String name, List<ProcessHandle> processes) throws Exception {
        for (ProcessHandle process : processes) {
            Process kill =
                    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                            .inheritIO()
                            .start();
            assertThat(kill.waitFor()).isZero();
        }
    }

    private static Set<String> serviceKilled() throws Exception {
        assertThat(cartlog.process("command-service").destroyForcibly()).isTrue();
        return firing(Set.of("ServiceDown"));
    }

    /// The service that was killed comes again with hardly any room for what it remembers.
    private static Set<String> heapFull() throws Exception {
        RunningCartlog cramped = cartlog.with(Map.of("CARTLOG_LIMITS_HEAP", "0.01"));
        cramped.done("up", "--only", "command-service");
        collected(cramped.process("command-service"));
        HttpResponse<String> refused = send("too-many");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("60");
        assertThat(refused.body()).contains("\"code\":\"decider-full\"");
        return firing(Set.of("DeciderFillsUp"));
    }

    private static void collected(ProcessHandle process) throws Exception {
        Process collection =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                Long.toString(process.pid()),
                                "GC.run")
                        .inheritIO()
                        .start();
        assertThat(collection.waitFor()).isZero();
    }

    /// Adds something to the account's cart.
    private static HttpResponse<String> send(String account)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(
                                    URI.create(
                                            cartlog.http() + "/v1/accounts/" + account + "/items"))
                            .header("Authorization", "Bearer " + Token.VALUE)
                            .header("Content-Type", "application/json")
                            .header("Idempotency-Key", UUID.randomUUID().toString())
                            .POST(
                                    BodyPublishers.ofString(
                                            "{\"productId\":\"P-1\",\"quantity\":1,\"price\":\"1.00\"}"))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    /// Of an operator; asked for once.
    private static final class Token {
        static final String VALUE = cartlog.doneHere("token", "--scope", "ops").out().strip();
    }
}
