package io.cartlog.cli.chaos;

import io.cartlog.cli.terminal.Checks;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// How much goes on while something breaks.
final class TrafficOptions {
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

    void check() {
        Checks.require(commands > 0 && commands <= 10_000, command, "--commands: up to 10000");
        Checks.require(reads > 0 && reads <= 10_000, command, "--reads: up to 10000");
        Checks.require(accounts >= 1 && accounts <= 100_000, command, "--accounts: 1 to 100000");
    }
}
