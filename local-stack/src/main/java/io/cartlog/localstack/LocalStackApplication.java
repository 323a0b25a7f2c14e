package io.cartlog.localstack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// The local stack as a process. `--data FOLDER` (or `CARTLOG_DATA`, default `.cartlog`), `--port
/// FIRST` (or `CARTLOG_PORT`, default 8080), `--partitions N` (or `CARTLOG_TOPICS_PARTITIONS`).
/// Writes [AddressesFile] when everything answers, deletes it when it stops.
///
/// Exit codes: 0 stopped by a signal, 1 could not start, 2 wrong usage.
public final class LocalStackApplication {
    private static final Map<String, String> FLAGS =
            Map.of(
                    "--data", "CARTLOG_DATA",
                    "--port", "CARTLOG_PORT",
                    "--partitions", "CARTLOG_TOPICS_PARTITIONS");

    private LocalStackApplication() {}

    public static void main(String[] args) throws Exception {
        System.setProperty("logback.configurationFile", "io/cartlog/localstack/logback.xml");
        try {
            runUntilStopped(settings(List.of(args), System.getenv()));
        } catch (IllegalArgumentException e) {
            System.err.println("local-stack: " + e.getMessage());
            System.exit(2);
        } catch (LocalStackException e) {
            System.err.println("local-stack: " + e.getMessage());
            System.exit(1);
        }
    }

    static LocalStackSettings settings(List<String> args, Map<String, String> environment) {
        Map<String, String> given = new HashMap<>(environment);
        for (int i = 0; i < args.size(); i += 2) {
            String variable = FLAGS.get(args.get(i));
            if (variable == null || i + 1 == args.size()) {
                throw new IllegalArgumentException(
                        "usage: [--data FOLDER] [--port FIRST] [--partitions N], not "
                                + String.join(" ", args));
            }
            given.put(variable, args.get(i + 1));
        }
        return new LocalStackSettings(
                Path.of(given.getOrDefault("CARTLOG_DATA", ".cartlog")),
                Ports.from(number(given, "CARTLOG_PORT", 8080)),
                EnumSet.allOf(Part.class),
                number(given, "CARTLOG_TOPICS_PARTITIONS", LocalStackSettings.DEFAULT_PARTITIONS));
    }

    private static int number(Map<String, String> given, String variable, int otherwise) {
        String text = given.getOrDefault(variable, Integer.toString(otherwise));
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException(variable + " must be a number, not " + text);
        }
    }

    private static void runUntilStopped(LocalStackSettings settings)
            throws IOException, InterruptedException {
        AddressesFile file = new AddressesFile(settings.data());
        file.delete();
        LocalStack stack = LocalStack.start(settings);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stack, file), "stop"));
        file.write(stack.addresses());
        System.out.println("local-stack: ready, data in " + settings.data());
        stopped.await();
    }

    private static void stop(LocalStack stack, AddressesFile file) {
        file.delete();
        stack.close();
    }
}
