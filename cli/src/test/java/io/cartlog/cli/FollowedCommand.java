package io.cartlog.cli;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.cartlog.cli.terminal.Json;
import io.cartlog.service.tracing.TraceReceiver;
import io.cartlog.service.tracing.TraceReceiver.Received;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// A command that is followed through all of a stack that was started as docs/tracing.md says.
final class FollowedCommand {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";
    private static final String ACCOUNT = "10000077";
    private static final String COLLECTOR_OF_THE_GUIDE = "http://127.0.0.1:4318";
    private static final List<String> SERVICES =
            List.of("command-service", "projection-service", "analytics-sink");

    private FollowedCommand() {}

    /// What the guide tells to set, with this collector.
    static Map<String, String> variables(TraceReceiver collector) throws IOException {
        Map<String, String> variables = new HashMap<>(variablesOfTheGuide());
        assertThat(variables).containsEntry("CARTLOG_TRACING_ENDPOINT", COLLECTOR_OF_THE_GUIDE);
        variables.put("CARTLOG_TRACING_ENDPOINT", collector.endpoint());
        return variables;
    }

    static void assertIsOneTrace(RunningCartlog cartlog, TraceReceiver collector) throws Exception {
        String token = cartlog.doneHere("token", "--account", ACCOUNT).out().strip();

        HttpResponse<String> answer = add(cartlog, token);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cartlog-Trace-Id")).hasValue(TRACE);
        assertOneTrace(collector);
        assertThat(collector.spans(TRACE).toString()).doesNotContain(ACCOUNT, "P-1001", token);
    }

    private static void assertOneTrace(TraceReceiver collector) {
        Received http = collector.await(TRACE, "POST /v1/accounts/{account}/items");
        Received decide = collector.await(TRACE, "decide cart.commands");
        Received project = collector.await(TRACE, "project cart.events");
        Received commit = collector.await(TRACE, "lake commit cart.events");
        Received load = collector.await(TRACE, "warehouse load");
        assertThat(List.of(http, decide, project, commit, load))
                .extracting(Received::service, Received::parentId)
                .containsExactly(
                        tuple("command-service", CALLER),
                        tuple("command-service", http.spanId()),
                        tuple("projection-service", decide.spanId()),
                        tuple("analytics-sink", decide.spanId()),
                        tuple("analytics-sink", commit.spanId()));
        assertThat(collector.spans(TRACE)).hasSize(5);
    }

    /// What stands before `./cartlog` in the commands of the guide.
    private static Map<String, String> variablesOfTheGuide() throws IOException {
        List<String> commands =
                Stream.concat(
                                Readme.commands(Readme.TRACING, "CARTLOG_").stream(),
                                Readme.commands(Readme.TRACING, "LOGGING_").stream())
                        .toList();
        assertThat(commands).hasSize(2).allMatch(command -> command.endsWith(" ./cartlog up"));
        return commands.stream()
                .map(command -> command.split(" ", 2)[0].split("=", 2))
                .collect(toMap(variable -> variable[0], variable -> variable[1]));
    }

    private static HttpResponse<String> add(RunningCartlog cartlog, String token)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(
                                    URI.create(
                                            cartlog.http() + "/v1/accounts/" + ACCOUNT + "/items"))
                            .header("Authorization", "Bearer " + token)
                            .header("Idempotency-Key", "add-1")
                            .header("Content-Type", "application/json")
                            .header("traceparent", "00-" + TRACE + "-" + CALLER + "-01")
                            .POST(
                                    BodyPublishers.ofString(
                                            "{\"productId\":\"P-1001\",\"quantity\":1,"
                                                    + "\"price\":\"199.99\"}"))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    static void assertLogsAreJson(RunningCartlog cartlog) throws IOException {
        for (String service : SERVICES) {
            Path log = cartlog.data().resolve("logs/" + service + ".log");
            List<JsonNode> lines =
                    Files.readAllLines(log).stream()
                            .filter(line -> line.startsWith("{"))
                            .map(Json.MAPPER::readTree)
                            .toList();
            assertThat(lines)
                    .as(service)
                    .isNotEmpty()
                    .allMatch(line -> line.has("@timestamp"))
                    .allMatch(line -> line.at("/service/name").asString().equals(service))
                    .allMatch(line -> line.at("/log/level").isString());
            assertThat(Files.readString(log)).doesNotContain(ACCOUNT);
        }
    }
}
