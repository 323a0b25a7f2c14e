package io.cartlog.cli.stack;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How a process is started: detached, in a session of its own, so that it outlives the terminal
/// and no Ctrl-C reaches it.
record Launch(StackSettings settings, StackAddresses at, DataFolder data) {
    private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use\\w+GC");

    private static final String READ_MODELS = "CARTLOG_QUERIES_URL";
    private static final String STORE = "CARTLOG_DYNAMODB_ENDPOINT";

    /// Where there is no `setsid`: a JVM does not handle signals that are ignored at its start.
    private static final List<String> IGNORE_TERMINAL =
            List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");

    ProcessHandle start(StackProcess process) {
        LogFile log = data.log(process);
        log.begin();
        ProcessBuilder builder = new ProcessBuilder(command(process));
        builder.environment().keySet().removeIf(it -> it.startsWith("CARTLOG_"));
        builder.environment().putAll(environment(process));
        builder.redirectInput(Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.path().toFile()));
        try {
            return builder.start().toHandle();
        } catch (IOException e) {
            throw new StackException("cannot start %s: %s".formatted(process.label(), e), e);
        }
    }

    List<String> command(StackProcess process) {
        List<String> command = new ArrayList<>(detached());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Program program = Program.of(process, settings.home());
        command.addAll(program.archiveOptions());
        command.addAll(javaOptions(process));
        command.addAll(program.javaArguments());
        return command;
    }

    /// The settings of this process, and nothing else that starts with `CARTLOG_`.
    Map<String, String> environment(StackProcess process) {
        Map<String, String> environment = new TreeMap<>();
        settings.environment()
                .forEach((name, value) -> {
                    if (process.takes(name)) {
                        environment.put(name, value);
                    }
                });
        environment.putAll(
                switch (process) {
                    case LOCAL_STACK -> localStack();
                    case AUTHORIZATION_SERVER -> authorizationServer();
                    case COMMAND_SERVICE -> commandService();
                    case PROJECTION_SERVICE -> projectionService(process, "history");
                    case PROJECTION_SERVICE_2 -> projectionService(process, "history-2");
                    case ANALYTICS_SINK -> analyticsSink();
                });
        return environment;
    }

    private static List<String> detached() {
        return Stream.of("/usr/bin/setsid", "/bin/setsid")
                .filter(it -> Files.isExecutable(Path.of(it)))
                .findFirst()
                .map(List::of)
                .orElse(IGNORE_TERMINAL);
    }

    List<String> javaOptions(StackProcess process) {
        List<String> options =
                new ArrayList<>(
                        List.of(
                                "-Dcartlog.process=" + process.label(),
                                "-Xmx" + process.heap(),
                                "-XX:+ExitOnOutOfMemoryError",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow"));
        if (process == StackProcess.AUTHORIZATION_SERVER) {
            // It signs a token now and then; the second compiler would take more than all of that.
            options.add("-XX:TieredStopAtLevel=1");
        }
        List<String> own = ownJavaOptions(process);
        if (own.stream().noneMatch(option -> COLLECTOR.matcher(option).matches())) {
            options.add("-XX:+UseSerialGC");
        }
        options.addAll(own);
        return options;
    }

    private List<String> ownJavaOptions(StackProcess process) {
        String own = settings.environment().get(process.javaOptionsVariable());
        return own == null || own.isBlank() ? List.of() : List.of(own.strip().split("\\s+"));
    }

    private Map<String, String> localStack() {
        return Map.of(
                "CARTLOG_DATA", data.path().toString(),
                "CARTLOG_PORT", Integer.toString(at.firstPort()));
    }

    private Map<String, String> authorizationServer() {
        Map<String, String> environment = listener(StackProcess.AUTHORIZATION_SERVER);
        environment.put("CARTLOG_TOKENS_ISSUER", at.issuer());
        environment.put("CARTLOG_TOKENS_KEY_FILE", data.signingKey().toString());
        for (TokenClient client : TokenClient.values()) {
            environment.put(client.secretVariable(), data.secret(client.secretName()));
        }
        return environment;
    }

    private Map<String, String> commandService() {
        Map<String, String> environment = service(StackProcess.COMMAND_SERVICE);
        if (!settings.environment().containsKey(READ_MODELS)) {
            environment.put(
                    READ_MODELS,
                    at.http(StackProcess.PROJECTION_SERVICE)
                            + ","
                            + at.http(StackProcess.PROJECTION_SERVICE_2));
        }
        environment.put("CARTLOG_STREAMS_STATE_DIR", data.path().resolve("streams").toString());
        return environment;
    }

    /// @param history folder of the index, which each instance has for itself
    private Map<String, String> projectionService(StackProcess process, String history) {
        Map<String, String> environment = service(process);
        environment.put(STORE, settings.environment().getOrDefault(STORE, at.dynamodb()));
        environment.put("CARTLOG_DYNAMODB_REGION", StackAddresses.REGION);
        environment.put("CARTLOG_DYNAMODB_ACCESS_KEY", StackAddresses.ACCESS_KEY);
        environment.put("CARTLOG_DYNAMODB_SECRET_KEY", StackAddresses.SECRET_KEY);
        environment.put("CARTLOG_QUERIES_CURSOR_KEY", data.secret("cursor-key"));
        environment.put("CARTLOG_HISTORY_DIR", data.path().resolve(history).toString());
        return environment;
    }

    private Map<String, String> analyticsSink() {
        Map<String, String> environment = service(StackProcess.ANALYTICS_SINK);
        environment.put("CARTLOG_CATALOG_URL", at.database());
        environment.put("CARTLOG_CATALOG_USER", StackAddresses.DATABASE_USER);
        environment.put("CARTLOG_CATALOG_PASSWORD", StackAddresses.DATABASE_PASSWORD);
        environment.put("CARTLOG_CATALOG_SCHEMA", "catalog");
        environment.put("CARTLOG_LAKE_WAREHOUSE", at.lake());
        environment.put("CARTLOG_S3_ENDPOINT", at.s3());
        environment.put("CARTLOG_S3_REGION", StackAddresses.REGION);
        environment.put("CARTLOG_S3_ACCESS_KEY", StackAddresses.ACCESS_KEY);
        environment.put("CARTLOG_S3_SECRET_KEY", StackAddresses.SECRET_KEY);
        environment.put("CARTLOG_WAREHOUSE_DIALECT", "postgresql");
        environment.put("CARTLOG_WAREHOUSE_URL", at.database());
        environment.put("CARTLOG_WAREHOUSE_USER", StackAddresses.DATABASE_USER);
        environment.put("CARTLOG_WAREHOUSE_PASSWORD", StackAddresses.DATABASE_PASSWORD);
        return environment;
    }

    private Map<String, String> service(StackProcess process) {
        Map<String, String> environment = listener(process);
        environment.put("CARTLOG_KAFKA_BOOTSTRAP_SERVERS", at.kafka());
        environment.put("CARTLOG_SECURITY_ISSUER", at.issuer());
        environment.put("CARTLOG_SECURITY_JWKS_URL", at.issuerKeys());
        return environment;
    }

    private Map<String, String> listener(StackProcess process) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("SERVER_ADDRESS", "127.0.0.1");
        environment.put("SERVER_PORT", Integer.toString(process.port(at.firstPort())));
        return environment;
    }
}
