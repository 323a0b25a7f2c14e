package io.cartlog.cli.stack;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The processes of a stack in the order in which they start.
///
/// Heaps are for a small machine; `CARTLOG_JAVA_OPTS_<NAME>` comes after them and so overrides.
enum StackProcess {
    LOCAL_STACK(3, "1536m"),
    AUTHORIZATION_SERVER(8, "128m"),
    PROJECTION_SERVICE(1, "512m"),
    PROJECTION_SERVICE_2(9, "512m"),
    ANALYTICS_SINK(2, "1g"),
    COMMAND_SERVICE(0, "1g");

    private final int portOffset;
    private final String heap;

    StackProcess(int portOffset, String heap) {
        this.portOffset = portOffset;
        this.heap = heap;
    }

    /// What `name` names, if it names one.
    static Optional<StackProcess> named(String name) {
        return Arrays.stream(values()).filter(it -> it.label().equals(name)).findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(StackProcess::label).collect(Collectors.joining(", "));
    }

    /// What a stack consists of when nobody wants more.
    static Set<StackProcess> usual() {
        return EnumSet.complementOf(EnumSet.of(PROJECTION_SERVICE_2));
    }

    /// Its name to people.
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The module whose program it runs.
    String moduleName() {
        return this == PROJECTION_SERVICE_2 ? PROJECTION_SERVICE.label() : label();
    }

    /// The port that it is known by.
    int port(int firstPort) {
        return firstPort + portOffset;
    }

    String heap() {
        return heap;
    }

    /// The variable with the JVM options of this module's processes.
    String javaOptionsVariable() {
        return "CARTLOG_JAVA_OPTS_" + moduleName().toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /// Whether a `CARTLOG_*` variable of the person's shell is a setting of this process.
    boolean takes(String variable) {
        return settings().anyMatch(it -> matches(it, variable));
    }

    /// @param setting a name, or the beginning of names if it ends with `*`
    private static boolean matches(String setting, String variable) {
        return setting.endsWith("*")
                ? variable.startsWith("CARTLOG_" + setting.substring(0, setting.length() - 1))
                : variable.equals("CARTLOG_" + setting);
    }

    /// What a person may set, without `CARTLOG_`. Addresses and credentials are the stack's own.
    Stream<String> settings() {
        return switch (this) {
            case LOCAL_STACK -> Stream.of("TOPICS_*", "DYNAMODB");
            case AUTHORIZATION_SERVER -> Stream.of("TOKENS_*");
            case COMMAND_SERVICE ->
                    Stream.of(
                            "TOPICS_*",
                            "COMMANDS_*",
                            "LIMITS_*",
                            "STREAMS_*",
                            "TRACING_*",
                            "KINESIS_INTAKE_STREAM",
                            "KINESIS_ENDPOINT",
                            "KINESIS_REGION",
                            "KINESIS_ACCESS_KEY",
                            "KINESIS_SECRET_KEY",
                            "QUERIES_URL");
            case PROJECTION_SERVICE, PROJECTION_SERVICE_2 ->
                    Stream.of(
                            "TOPICS_*",
                            "DYNAMODB_*",
                            "VIEWS_*",
                            "QUERIES_CURSOR_KEY",
                            "QUERIES_WAIT",
                            "QUERIES_SUBSCRIBER*",
                            "QUERIES_HEARTBEAT",
                            "HISTORY_*",
                            "TRACING_*");
            case ANALYTICS_SINK ->
                    Stream.of(
                            "TOPICS_*",
                            "LAKE_*",
                            "SINK_*",
                            "TRACING_*",
                            "KINESIS_RELAY_STREAM",
                            "KINESIS_ENDPOINT",
                            "KINESIS_REGION",
                            "KINESIS_ACCESS_KEY",
                            "KINESIS_SECRET_KEY");
        };
    }
}
