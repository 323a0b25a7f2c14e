package io.cartlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.cli.terminal.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import tools.jackson.databind.JsonNode;

/// A stack of its own, in a folder and on ports of its own, driven by the packaged command line in
/// processes of its own.
///
/// @param more variables that a person would have set
record RunningCartlog(Path folder, int firstPort, Map<String, String> more) {
    private static final int PORTS = 10;

    private static final class Program {
        static final List<String> ARGUMENTS = arguments();
    }

    /// The second compiler takes more of a run of a minute or two than it gives back.
    private static final String FIRST_COMPILER_ALONE = "-XX:TieredStopAtLevel=1";

    private static final List<String> SERVICES =
            List.of(
                    "LOCAL_STACK",
                    "AUTHORIZATION_SERVER",
                    "COMMAND_SERVICE",
                    "PROJECTION_SERVICE",
                    "ANALYTICS_SINK");

    RunningCartlog(Path folder, int firstPort) {
        this(folder, firstPort, Map.of());
    }

    /// On ten ports that are free now, below those from which the system takes the near end of
    /// connections: one of these took a port before its service had started.
    static RunningCartlog in(Path folder) {
        int first = 20_000;
        do {
            first = ThreadLocalRandom.current().nextInt(20_000, 32_000);
        } while (!allFree(first));
        return new RunningCartlog(folder, first);
    }

    private static boolean allFree(int first) {
        for (int port = first; port < first + PORTS; port++) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (IOException _) {
                return false;
            }
        }
        return true;
    }

    /// What a finished command said.
    record Said(int exit, String out, String err) {
        JsonNode json() {
            return Json.MAPPER.readTree(out);
        }
    }

    /// A command on its way.
    record Running(Process process, Path out, Path err) {
        boolean isAlive() {
            return process.isAlive();
        }

        Said await() throws InterruptedException {
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("not done after five minutes: " + text(err));
            }
            return new Said(process.exitValue(), text(out), text(err));
        }

        private static String text(Path file) {
            try {
                return Files.readString(file, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    Said run(String... args) throws IOException, InterruptedException {
        return start(args).await();
    }

    /// In this process, which takes a small part of the time: for what a test asks on its way. What
    /// the documents tell to type is run in processes.
    Said here(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> words = new ArrayList<>(List.of(args));
        words.addAll(List.of("--data", data().toString(), "--port", Integer.toString(firstPort)));
        int exit =
                CartlogCommand.commandLine()
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err, true))
                        .execute(words.toArray(String[]::new));
        return new Said(exit, out.toString(), err.toString());
    }

    /// The same for one that must be done.
    Said doneHere(String... args) {
        Said said = here(args);
        assertThat(said.exit()).as(String.join(" ", args) + said.err()).isZero();
        return said;
    }

    /// The same for one in a process of its own.
    Said done(String... args) throws IOException, InterruptedException {
        Said said = run(args);
        assertThat(said.exit()).as(String.join(" ", args) + said.err()).isZero();
        return said;
    }

    /// Of the service's process.
    ProcessHandle process(String service) {
        JsonNode status = here("status", "--output", "json").json();
        for (JsonNode process : status.get("processes")) {
            if (process.get("name").asString().equals(service)) {
                return ProcessHandle.of(process.get("pid").asLong()).orElseThrow();
            }
        }
        throw new AssertionError(service + " does not run: " + status);
    }

    Path data() {
        return folder.resolve("data");
    }

    Running start(String... args) throws IOException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        List<String> command = new ArrayList<>(command());
        command.addAll(List.of(args));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        prepare(builder.environment());
        return new Running(builder.start(), out, err);
    }

    /// What a person would have set.
    void prepare(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("CARTLOG_"));
        environment.put("CARTLOG_HOME", Readme.ROOT.toString());
        environment.put("CARTLOG_DATA", data().toString());
        environment.put("CARTLOG_PORT", Integer.toString(firstPort));
        for (String service : SERVICES) {
            environment.put("CARTLOG_JAVA_OPTS_" + service, FIRST_COMPILER_ALONE);
        }
        environment.putAll(more);
    }

    /// Its services write no archive of classes when they stop, which takes as much as some starts
    /// with one save.
    RunningCartlog withoutArchives() {
        Map<String, String> variables = new HashMap<>(more);
        for (String service : SERVICES) {
            variables.put(
                    "CARTLOG_JAVA_OPTS_" + service,
                    FIRST_COMPILER_ALONE + " -XX:-AutoCreateSharedArchive");
        }
        return with(variables);
    }

    RunningCartlog with(Map<String, String> variables) {
        return new RunningCartlog(folder, firstPort, variables);
    }

    /// What stands for `./cartlog` in a shell.
    String commandLine() {
        return String.join(" ", command());
    }

    private static List<String> command() {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                FIRST_COMPILER_ALONE,
                                "-XX:+UseSerialGC",
                                "-Xmx256m"));
        command.addAll(Program.ARGUMENTS);
        return command;
    }

    /// As the launcher runs it.
    private static List<String> arguments() {
        String script = Readme.ROOT.resolve("bin/unpacked-cli").toString();
        try {
            Process process =
                    new ProcessBuilder(
                                    script,
                                    System.getProperty("java.home"),
                                    jar().toAbsolutePath().toString())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            List<String> arguments = process.inputReader(StandardCharsets.UTF_8).lines().toList();
            if (process.waitFor() != 0) {
                throw new AssertionError(script + " has failed");
            }
            return arguments;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path jar() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.toString().endsWith("-exec.jar"))
                    .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
                    .orElseThrow(() -> new AssertionError("the command line is not packaged"));
        }
    }

    String http() {
        return "http://127.0.0.1:" + firstPort;
    }

    String kafka() {
        return "127.0.0.1:" + (firstPort + 3);
    }

    String dynamodb() {
        return "http://127.0.0.1:" + (firstPort + 5);
    }

    DynamoDbClient dynamoDbClient() {
        return DynamoDbClient.builder()
                .endpointOverride(URI.create(dynamodb()))
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("local", "localsecret")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }
}
