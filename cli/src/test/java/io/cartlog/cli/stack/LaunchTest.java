package io.cartlog.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What each process is told by its environment.
class LaunchTest {
    @TempDir Path folder = Path.of("");

    @BeforeEach
    void prepare() {
        new DataFolder(folder).prepare();
    }

    @Test
    void the_kind_of_dynamodb_is_told_to_the_local_stack_only() {
        Map<String, String> shell =
                Map.of("CARTLOG_DYNAMODB", "stock", "CARTLOG_DYNAMODB_TABLE", "Other");

        assertThat(
                        Arrays.stream(StackProcess.values())
                                .filter(it ->
                                        environment(it, shell).containsKey("CARTLOG_DYNAMODB")))
                .containsExactly(StackProcess.LOCAL_STACK);
        assertThat(
                        Arrays.stream(StackProcess.values())
                                .filter(it ->
                                        environment(it, shell)
                                                .containsKey("CARTLOG_DYNAMODB_TABLE")))
                .containsExactly(
                        StackProcess.PROJECTION_SERVICE, StackProcess.PROJECTION_SERVICE_2);
    }

    @Test
    void the_services_and_nobody_else_are_told_who_collects_traces() {
        Map<String, String> shell =
                Map.of("CARTLOG_TRACING_ENDPOINT", "http://127.0.0.1:4318", "OTHER", "1");

        assertThat(
                        Arrays.stream(StackProcess.values())
                                .filter(it ->
                                        environment(it, shell)
                                                .containsKey("CARTLOG_TRACING_ENDPOINT")))
                .containsExactlyInAnyOrder(
                        StackProcess.COMMAND_SERVICE,
                        StackProcess.PROJECTION_SERVICE,
                        StackProcess.PROJECTION_SERVICE_2,
                        StackProcess.ANALYTICS_SINK);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "COMMAND_SERVICE",
                "PROJECTION_SERVICE",
                "PROJECTION_SERVICE_2",
                "ANALYTICS_SINK"
            })
    void a_service_knows_whom_to_believe_and_no_clients_secret(StackProcess service) {
        assertThat(environment(service, Map.of()))
                .containsEntry("CARTLOG_SECURITY_ISSUER", "http://localhost:8088")
                .containsEntry("CARTLOG_SECURITY_JWKS_URL", "http://127.0.0.1:8088/oauth2/jwks")
                .doesNotContainKeys(
                        "CARTLOG_TOKENS_SHOP_SECRET",
                        "CARTLOG_TOKENS_STAFF_SECRET",
                        "CARTLOG_TOKENS_OPS_SECRET");
    }

    @Test
    void each_client_has_a_secret_of_its_own_that_stays() {
        Map<String, String> first = environment(StackProcess.AUTHORIZATION_SERVER, Map.of());
        Map<String, String> second = environment(StackProcess.AUTHORIZATION_SERVER, Map.of());

        assertThat(first).isEqualTo(second);
        assertThat(
                        Arrays.stream(TokenClient.values())
                                .map(it -> first.get(it.secretVariable()))
                                .distinct())
                .hasSize(3)
                .allMatch(it -> it.matches("[0-9a-f]{64}"));
    }

    @Test
    void the_door_asks_the_read_models_that_the_shell_names_or_else_ours() {
        Map<String, String> two = Map.of("CARTLOG_QUERIES_URL", "http://a:1,http://b:2");

        assertThat(environment(StackProcess.COMMAND_SERVICE, two)).containsAllEntriesOf(two);
        // An unknown setting stops a service.
        assertThat(environment(StackProcess.PROJECTION_SERVICE, two))
                .doesNotContainKey("CARTLOG_QUERIES_URL");
        assertThat(environment(StackProcess.COMMAND_SERVICE, Map.of()))
                .containsEntry(
                        "CARTLOG_QUERIES_URL", "http://127.0.0.1:8081,http://127.0.0.1:8089");
    }

    @Test
    void a_second_projection_has_the_settings_of_the_first_and_a_port_and_an_index_of_its_own() {
        Map<String, String> shell = Map.of("CARTLOG_JAVA_OPTS_PROJECTION_SERVICE", "-Xmx300m");
        Map<String, String> first = environment(StackProcess.PROJECTION_SERVICE, shell);
        Map<String, String> second = environment(StackProcess.PROJECTION_SERVICE_2, shell);

        assertThat(second)
                .containsEntry("SERVER_PORT", "8089")
                .containsEntry("CARTLOG_HISTORY_DIR", folder.resolve("history-2").toString());
        first.keySet().removeAll(List.of("SERVER_PORT", "CARTLOG_HISTORY_DIR"));
        assertThat(second).containsAllEntriesOf(first).hasSize(first.size() + 2);
        assertThat(launch(shell).javaOptions(StackProcess.PROJECTION_SERVICE_2))
                .contains("-Xmx300m", "-Dcartlog.process=projection-service-2");
    }

    @Test
    void the_views_are_kept_where_the_shell_says_or_else_in_our_store() {
        Map<String, String> elsewhere =
                Map.of("CARTLOG_DYNAMODB_ENDPOINT", "http://127.0.0.1:8000");

        assertThat(environment(StackProcess.PROJECTION_SERVICE, elsewhere))
                .containsAllEntriesOf(elsewhere);
        assertThat(environment(StackProcess.PROJECTION_SERVICE, Map.of()))
                .containsEntry("CARTLOG_DYNAMODB_ENDPOINT", "http://127.0.0.1:8085");
    }

    /// A JVM that is told of two collectors does not start.
    @Test
    void a_collector_that_the_shell_names_takes_the_place_of_ours() {
        Map<String, String> shell =
                Map.of("CARTLOG_JAVA_OPTS_COMMAND_SERVICE", "-XX:+UseZGC -Xmx2g");

        assertThat(launch(shell).javaOptions(StackProcess.COMMAND_SERVICE))
                .contains("-XX:+UseZGC", "-Xmx2g")
                .doesNotContain("-XX:+UseSerialGC");
        assertThat(launch(shell).javaOptions(StackProcess.PROJECTION_SERVICE))
                .contains("-XX:+UseSerialGC");
    }

    @Test
    void a_short_life_has_one_compiler_unless_the_shell_says_what_its_jvm_gets() {
        Map<String, String> shell = Map.of("CARTLOG_JAVA_OPTS_COMMAND_SERVICE", "-Xmx2g");
        Launch launch =
                new Launch(
                        new StackSettings(folder, folder, 8080, shell).shortLived(),
                        new StackAddresses(8080),
                        new DataFolder(folder));

        assertThat(launch.javaOptions(StackProcess.COMMAND_SERVICE))
                .contains("-Xmx2g")
                .doesNotContain("-XX:TieredStopAtLevel=1");
        assertThat(launch.javaOptions(StackProcess.LOCAL_STACK))
                .contains("-XX:TieredStopAtLevel=1");
        assertThat(launch(shell).javaOptions(StackProcess.LOCAL_STACK))
                .doesNotContain("-XX:TieredStopAtLevel=1");
    }

    private Map<String, String> environment(StackProcess process, Map<String, String> shell) {
        return launch(shell).environment(process);
    }

    private Launch launch(Map<String, String> shell) {
        StackSettings settings = new StackSettings(folder, folder, 8080, new HashMap<>(shell));
        return new Launch(settings, new StackAddresses(8080), new DataFolder(folder));
    }
}
