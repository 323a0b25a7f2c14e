package io.cartlog.cli.chaos;

import io.cartlog.cli.stack.StackStatus;
import io.cartlog.cli.terminal.Checks;
import io.cartlog.cli.terminal.Terminal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// How much goes on while something breaks.
final class TrafficOptions {
    private static final int CONNECTIONS = 32;

    @SuppressWarnings("NullAway.Init")
    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    @Option(
            names = "--commands",
            paramLabel = "R",
            defaultValue = "200",
            description = "a second (default: ${DEFAULT-VALUE})")
    double commands = 200;

    @Option(
            names = "--reads",
            paramLabel = "R",
            defaultValue = "50",
            description = "a second (default: ${DEFAULT-VALUE})")
    double reads = 50;

    @Option(
            names = "--accounts",
            paramLabel = "N",
            defaultValue = "100",
            description = "who write and are read (default: ${DEFAULT-VALUE})")
    int accounts = 100;

    @Option(
            names = "--warmup",
            paramLabel = "S",
            defaultValue = "60",
            description = {
                "seconds of the same traffic before anything breaks or is counted, with as many"
                        + " reads for each projection-service itself: services that have just"
                        + " started compile their code, and are no match for it"
                        + " (default: ${DEFAULT-VALUE})"
            })
    int warmup = 60;

    void check() {
        Checks.require(commands > 0 && commands <= 10_000, command, "--commands: up to 10000");
        Checks.require(reads > 0 && reads <= 10_000, command, "--reads: up to 10000");
        Checks.require(accounts >= 1 && accounts <= 100_000, command, "--accounts: 1 to 100000");
        Checks.require(warmup >= 0 && warmup <= 3_600, command, "--warmup lies in [0, 3600]");
    }

    /// Shoppers with something in the cart, after the traffic before the one that counts.
    Shoppers arrived(StackStatus status, Supplier<String> tokens, Terminal terminal)
            throws IOException, InterruptedException {
        Shoppers shoppers = new Shoppers(URI.create(status.http()), tokens, accounts);
        shoppers.arrive();
        terminal.say("traffic for %d s before it counts".formatted(warmup));
        List<Traffic> before = new ArrayList<>();
        try {
            before.add(writers(shoppers));
            before.add(readers(shoppers));
            projections(status).forEach(it -> before.add(readers(shoppers, it)));
            Thread.sleep(warmup * 1_000L);
        } finally {
            before.forEach(Traffic::stop);
            before.forEach(Traffic::close);
        }
        return shoppers;
    }

    /// The front door asks one as long as it answers; whoever has to step in must not be the one
    /// that has never been asked.
    private static List<InetSocketAddress> projections(StackStatus status) {
        return status.processes().stream()
                .filter(process -> process.name().startsWith("projection-service") && process.up())
                .map(process ->
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), process.port()))
                .toList();
    }

    Traffic writers(Shoppers shoppers) {
        return Traffic.of(shoppers::adding, CONNECTIONS, commands);
    }

    Traffic readers(Shoppers shoppers) {
        return Traffic.of(shoppers::reading, CONNECTIONS, reads);
    }

    private Traffic readers(Shoppers shoppers, InetSocketAddress projection) {
        return Traffic.of(() -> shoppers.reading(projection), CONNECTIONS, reads);
    }
}
