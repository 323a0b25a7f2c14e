package io.cartlog.cli.stack;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Which stack: where its data is, its first port, and the repository whose jars it runs.
///
/// @param home the folder that holds the modules; `CARTLOG_HOME`, set by the launcher
/// @param data `CARTLOG_DATA`, default `.cartlog` in the working directory
/// @param firstPort `CARTLOG_PORT`, default 8080
/// @param environment of the person's shell: `CARTLOG_JAVA_OPTS_<NAME>` and settings of the
///   services are passed on
public record StackSettings(Path home, Path data, int firstPort, Map<String, String> environment) {
    private static final int LAST_FIRST_PORT = 65_535 - 9;

    public StackSettings {
        if (firstPort < 1024 || firstPort > LAST_FIRST_PORT) {
            throw new IllegalArgumentException(
                    "CARTLOG_PORT must be between 1024 and %d, not %d"
                            .formatted(LAST_FIRST_PORT, firstPort));
        }
        home = home.toAbsolutePath().normalize();
        data = data.toAbsolutePath().normalize();
        environment = Map.copyOf(environment);
    }

    /// The stack that this shell's environment names.
    ///
    /// @throws IllegalArgumentException if a value is not usable; the message names the variable
    public static StackSettings fromEnvironment() {
        return from(System.getenv());
    }

    static StackSettings from(Map<String, String> environment) {
        return new StackSettings(
                Path.of(environment.getOrDefault("CARTLOG_HOME", ".")),
                Path.of(environment.getOrDefault("CARTLOG_DATA", ".cartlog")),
                port(environment.getOrDefault("CARTLOG_PORT", "8080")),
                environment);
    }

    /// The same with some variables set.
    StackSettings with(Map<String, String> variables) {
        Map<String, String> more = new HashMap<>(environment);
        more.putAll(variables);
        return new StackSettings(home, data, firstPort, more);
    }

    /// The same for a stack that lives for a minute or two: the second compiler takes more of that
    /// than it gives back. What the shell says of a process's JVM goes before.
    StackSettings shortLived() {
        Map<String, String> more = new HashMap<>(environment);
        for (StackProcess process : StackProcess.values()) {
            more.putIfAbsent(process.javaOptionsVariable(), "-XX:TieredStopAtLevel=1");
        }
        return new StackSettings(home, data, firstPort, more);
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException("CARTLOG_PORT must be a number, not " + text);
        }
    }
}
