package io.cartlog.cli.stack;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The processes of a stack in the order in which they start.
///
/// Heaps are for a small machine; `CARTLOG_JAVA_OPTS_<NAME>` comes after them and so overrides.
enum StackProcess {
    LOCAL_STACK(3, "1536m"),
    AUTHORIZATION_SERVER(8, "128m"),
    PROJECTION_SERVICE(1, "512m"),
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
        return Arrays.stream(values()).filter(it -> it.moduleName().equals(name)).findFirst();
    }

    static String names() {
        return Arrays.stream(values())
                .map(StackProcess::moduleName)
                .collect(Collectors.joining(", "));
    }

    /// Its name to people, and that of its module.
    String moduleName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The port that it is known by.
    int port(int firstPort) {
        return firstPort + portOffset;
    }

    String heap() {
        return heap;
    }

    /// The variable with this process's own JVM options.
    String javaOptionsVariable() {
        return "CARTLOG_JAVA_OPTS_" + name();
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
                            "QUERIES_URL");
            case PROJECTION_SERVICE ->
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
            case ANALYTICS_SINK -> Stream.of("TOPICS_*", "LAKE_*", "SINK_*", "TRACING_*");
        };
    }
}
