package io.cartlog.cli;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/// The `CARTLOG_*` variables that mean something. Any other is most likely a slip of the pen.
final class EnvironmentVariables {
    private static final String OURS = "CARTLOG_";
    private static final List<String> NAMES =
            List.of("CARTLOG_DATA", "CARTLOG_PORT", "CARTLOG_HOME");

    /// Handed on to the processes, which stop at a setting that they do not know.
    private static final List<String> PREFIXES =
            List.of(
                    "CARTLOG_JAVA_OPTS_",
                    "CARTLOG_CATALOG_",
                    "CARTLOG_COMMANDS_",
                    "CARTLOG_DYNAMODB_",
                    "CARTLOG_KAFKA_",
                    "CARTLOG_LAKE_",
                    "CARTLOG_LIMITS_",
                    "CARTLOG_QUERIES_",
                    "CARTLOG_S3_",
                    "CARTLOG_SINK_",
                    "CARTLOG_STREAMS_",
                    "CARTLOG_TOPICS_",
                    "CARTLOG_VIEWS_",
                    "CARTLOG_WAREHOUSE_");

    private EnvironmentVariables() {}

    /// @throws IllegalArgumentException if one of these names is ours and unknown
    static void check(Collection<String> names) {
        TreeSet<String> unknown = new TreeSet<>();
        for (String name : names) {
            if (name.startsWith(OURS) && !isKnown(name)) {
                unknown.add(name);
            }
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "unknown environment variable %s; known are %s, and those of the services: %s*"
                            .formatted(
                                    String.join(", ", unknown),
                                    String.join(", ", NAMES),
                                    String.join("*, ", PREFIXES)));
        }
    }

    private static boolean isKnown(String name) {
        return NAMES.contains(name) || PREFIXES.stream().anyMatch(name::startsWith);
    }
}
