package io.cartlog.cli.chaos;

import io.cartlog.cli.chaos.Traffic.Outcome;
import io.cartlog.cli.chaos.Views.Proof;
import io.cartlog.cli.service.Service;
import io.cartlog.cli.stack.Stack;
import io.cartlog.cli.stack.StackOptions;
import io.cartlog.cli.stack.StackStatus;
import io.cartlog.cli.stack.StackStatus.ProcessStatus;
import io.cartlog.cli.terminal.Checks;
import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.Json;
import io.cartlog.cli.terminal.Terminal;
import io.cartlog.cli.terminal.TextOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
        name = "rebuild",
        description = {
            "Rebuilds the views of a running stack again and again while shoppers write and read,"
                    + " and kills a projection-service with SIGKILL in the middle of one rebuild.",
            "",
            "Nobody may notice: no read fails, finds an empty cart or one that is older than before,"
                    + " and afterwards the views are what the log says. It adds accounts chaos-... to"
                    + " the log of that stack, and drops a version that is kept for a rollback.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog up --projections 2",
            "  ./cartlog chaos rebuild --seconds 60",
            "  ./cartlog chaos rebuild --rebuilds 1 --budget 500 --output json | jq .held"
        })
final class ChaosRebuildCommand implements Callable<Integer> {
    private static final String VICTIM = "projection-service";
    private static final String HEIR = "projection-service-2";

    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Mixin StackOptions stackOptions = new StackOptions();
    @Mixin TrafficOptions traffic = new TrafficOptions();
    @Mixin TextOutput output = new TextOutput();

    @Option(
            names = "--rebuilds",
            paramLabel = "N",
            defaultValue = "3",
            description =
                    "one after the other; the second, or the only one, is killed (default: 3)")
    int rebuilds = 3;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "0",
            description = "at least, from the first request on (default: until all are done)")
    int seconds;

    @Option(
            names = "--budget",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "writes a second of a rebuild: on a small log it is over too soon to be killed"
                            + " (default: as many as the store takes)")
    int budget;

    @Option(
            names = "--kill-at",
            paramLabel = "P",
            defaultValue = "50",
            description = "percent of the log that are read when it is killed (default: 50)")
    int killAt = 50;

    /// A rebuild.
    ///
    /// @param killedAt the part of the log that the new version had when a process was killed that
    ///   filled it; 0 if none was
    record Rebuild(int version, double seconds, double killedAt) {}

    /// What was seen.
    ///
    /// @param held whether nobody noticed
    record Report(
            boolean held,
            double seconds,
            Outcome commands,
            Outcome reads,
            long emptyReads,
            long olderReads,
            List<Rebuild> rebuilds,
            Proof proof) {
        static Report of(
                double seconds,
                Outcome commands,
                Outcome reads,
                List<Rebuild> rebuilds,
                Proof proof) {
            return new Report(
                    commands.allWrong() + reads.allWrong() == 0
                            && reads.good() > 0
                            && proof.holds(),
                    seconds,
                    commands,
                    reads,
                    reads.of(Shoppers.EMPTY),
                    reads.of(Shoppers.OLDER),
                    rebuilds,
                    proof);
        }

        String text() {
            StringBuilder text = new StringBuilder();
            for (Rebuild rebuild : rebuilds) {
                text.append(
                        "version %d was live after %.1f s%s\n"
                                .formatted(
                                        rebuild.version(),
                                        rebuild.seconds(),
                                        rebuild.killedAt() == 0
                                                ? ""
                                                : ", over a kill at %.0f %%"
                                                        .formatted(100 * rebuild.killedAt())));
            }
            return text
                    + "commands: %s\nreads: %s\nviews: %s\n%s"
                            .formatted(
                                    commands.text(),
                                    reads.text(),
                                    proof.text(),
                                    held ? "Nobody noticed." : "Somebody noticed.");
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        traffic.check();
        Checks.require(rebuilds >= 1 && rebuilds <= 100, spec, "--rebuilds lies in [1, 100]");
        Checks.require(seconds >= 0 && seconds <= 86_400, spec, "--seconds lies in [0, 86400]");
        Checks.require(budget >= 0, spec, "--budget is 0 or more");
        Checks.require(killAt >= 1 && killAt <= 99, spec, "--kill-at lies in [1, 99]");
        Stack stack = stackOptions.stack();
        requireTwo(stack.status());
        Terminal terminal = Terminal.of(spec);
        Report report = run(stack, terminal);
        terminal.print(output.json() ? Json.pretty(report) : report.text());
        return report.held() ? ExitCode.DONE : ExitCode.DIFFERENCE;
    }

    /// Lake and warehouse may be down.
    private static void requireTwo(StackStatus status) {
        Set<String> up =
                status.processes().stream()
                        .filter(ProcessStatus::up)
                        .map(ProcessStatus::name)
                        .collect(Collectors.toSet());
        if (!up.containsAll(List.of("command-service", VICTIM, HEIR))) {
            throw new CommandFailedException(
                    "one of two projection-services is killed, and both must be up before:"
                            + " ./cartlog up --projections 2");
        }
    }

    private Report run(Stack stack, Terminal terminal) throws IOException, InterruptedException {
        StackStatus status = stack.status();
        Views views =
                new Views(new Service(VICTIM, status.projection(), stack.opsTokens()), terminal);
        Shoppers shoppers = traffic.arrived(status, stack.opsTokens(), terminal);
        long start = System.nanoTime();
        try (Traffic writers = traffic.writers(shoppers);
                Traffic readers = traffic.readers(shoppers)) {
            List<Rebuild> done = new ArrayList<>();
            for (int i = 1; i <= rebuilds; i++) {
                terminal.say("rebuild %d of %d".formatted(i, rebuilds));
                done.add(rebuild(stack, views, i == Math.min(2, rebuilds)));
            }
            long left = start + seconds * 1_000_000_000L - System.nanoTime();
            Thread.sleep(Math.max(0, left / 1_000_000));
            Outcome written = writers.end();
            Outcome read = readers.end();
            double took = (System.nanoTime() - start) / 1e9;
            views.awaitAll();
            return Report.of(took, written, read, done, views.verify());
        }
    }

    private Rebuild rebuild(Stack stack, Views views, boolean kill) throws InterruptedException {
        long start = System.nanoTime();
        int version = views.rebuild(budget);
        double killedAt = kill ? kill(stack, views, version) : 0;
        JsonNode _ =
                views.await(
                        "version " + version,
                        status ->
                                status.at("/live/version").asInt() == version
                                        || isLost(status, version));
        requireLive(views, version);
        return new Rebuild(version, (System.nanoTime() - start) / 1e9, killedAt);
    }

    /// Kills the one that is asked first, when so much of the log is read and it has its part in
    /// that.
    ///
    /// @return how much was read then
    private double kill(Stack stack, Views views, int version) throws InterruptedException {
        JsonNode status =
                views.await(
                        "part of version " + version,
                        now ->
                                now.at("/live/version").asInt() == version
                                        || isLost(now, version)
                                        || (share(now) >= killAt / 100.0
                                                && now.at("/beside/events").asLong() > 0));
        if (status.at("/candidate/version").asInt() != version) {
            throw new CommandFailedException(
                    "the rebuild was over before it could be killed; give it a --budget");
        }
        long pid =
                stack.status().processes().stream()
                        .filter(process -> process.name().equals(VICTIM))
                        .map(ProcessStatus::pid)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseThrow(() -> new CommandFailedException(VICTIM + " does not run"));
        ProcessHandle victim =
                ProcessHandle.of(pid)
                        .orElseThrow(() -> new CommandFailedException(VICTIM + " does not run"));
        victim.destroyForcibly();
        victim.onExit().join();
        StackStatus _ = stack.restart(VICTIM, views.terminal()::say);
        return share(status);
    }

    private static double share(JsonNode status) {
        JsonNode beside = status.path("beside");
        return beside.path("position").asDouble(0) / Math.max(1, beside.path("end").asDouble(1));
    }

    private static boolean isLost(JsonNode status, int version) {
        return status.at("/candidate/version").asInt(version) != version
                || status.at("/beside/state").asString("").equals("FAILED");
    }

    private static void requireLive(Views views, int version) throws InterruptedException {
        JsonNode status = views.await("an answer", _ -> true);
        if (status.at("/live/version").asInt() != version) {
            throw new CommandFailedException(
                    "version %d was not promoted: %s"
                            .formatted(version, status.at("/beside/failed").asString("given up")));
        }
    }
}
