package io.cartlog.cli.stack;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The `CARTLOG_*` variables that mean something. Any other is most likely a slip of the pen.
public final class EnvironmentVariables {
    private static final String OURS = "CARTLOG_";
    private static final List<String> NAMES =
            List.of("CARTLOG_DATA", "CARTLOG_PORT", "CARTLOG_HOME", "CARTLOG_IMPORT_EVERY");

    private EnvironmentVariables() {}

    /// @throws IllegalArgumentException if one of these names is ours and unknown; the message has
    ///   those that are known
    public static void check(Collection<String> names) {
        TreeSet<String> unknown = new TreeSet<>();
        for (String name : names) {
            if (name.startsWith(OURS) && !isKnown(name)) {
                unknown.add(name);
            }
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "unknown environment variable %s; there are %s"
                            .formatted(String.join(", ", unknown), known()));
        }
    }

    private static boolean isKnown(String name) {
        return NAMES.contains(name)
                || Arrays.stream(StackProcess.values())
                        .anyMatch(p -> p.takes(name) || p.javaOptionsVariable().equals(name));
    }

    private static String known() {
        Stream<String> ofProcesses =
                Arrays.stream(StackProcess.values())
                        .flatMap(p ->
                                Stream.concat(
                                        Stream.of(p.javaOptionsVariable()),
                                        p.settings().map(it -> OURS + it)))
                        .distinct()
                        .sorted();
        return Stream.concat(NAMES.stream(), ofProcesses).collect(Collectors.joining(", "));
    }
}
