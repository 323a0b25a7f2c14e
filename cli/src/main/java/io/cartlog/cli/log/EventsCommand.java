package io.cartlog.cli.log;

import io.cartlog.cli.stack.StackOptions;
import io.cartlog.cli.terminal.Checks;
import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.schemas.value.AccountId;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "events",
        description = {
            "Prints the log of events, committed ones only, partition by partition; with --follow as"
                    + " they come.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog events --limit 20",
            "  ./cartlog events --account 17850 --output json",
            "  ./cartlog events --follow --output json | jq .type"
        })
public final class EventsCommand implements Callable<Integer> {
    /// What events can be printed as.
    enum Format {
        table,
        json
    }

    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Mixin StackOptions stack = new StackOptions();

    @Option(names = "--account", paramLabel = "A", description = "events of this account only")
    @Nullable String account;

    @Option(
            names = "--from",
            paramLabel = "OFFSET",
            defaultValue = "0",
            description = "first offset, in each partition (default: ${DEFAULT-VALUE})")
    long from;

    @Option(names = "--limit", paramLabel = "N", description = "stops after N events")
    long limit = Long.MAX_VALUE;

    @Option(
            names = {"-f", "--follow"},
            description = "goes on with what comes, until interrupted")
    boolean follow;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description =
                    "table or json: an array, or with --follow one object a line (default:"
                            + " ${DEFAULT-VALUE})")
    Format format = Format.table;

    @Override
    public Integer call() {
        Checks.require(from >= 0, spec, "--from must not be negative");
        Checks.require(limit >= 1, spec, "--limit must be at least 1");
        AccountId wanted = wanted(account);
        try (EventLog log = new EventLog(stack.stack().status().kafka(), wanted)) {
            print(log);
        } catch (KafkaException e) {
            throw new CommandFailedException(
                    "the log cannot be read; is the stack up? (./cartlog up): " + e.getMessage(),
                    e);
        }
        return ExitCode.DONE;
    }

    private @Nullable AccountId wanted(@Nullable String name) {
        return name == null ? null : Checks.usage(spec, () -> new AccountId(name));
    }

    private void print(EventLog log) {
        EventsOutput output = output(spec.commandLine().getOut());
        Predicate<LogRecord> printed = upToLimit(output);
        output.begin();
        if (follow) {
            log.follow(from, printed);
        } else {
            log.read(from, printed);
        }
        output.end();
    }

    private Predicate<LogRecord> upToLimit(EventsOutput output) {
        long[] left = {limit};
        return message -> {
            output.print(message);
            left[0]--;
            return left[0] > 0;
        };
    }

    private EventsOutput output(PrintWriter out) {
        return switch (format) {
            case table -> new EventsOutput.Table(out);
            case json -> follow ? new EventsOutput.JsonLines(out) : new EventsOutput.JsonArray(out);
        };
    }
}
