package io.cartlog.cli.dlq;

import io.cartlog.cli.terminal.Checks;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
        name = "skip",
        description = {
            "Lets an account go on without the record that it waits for, for ever and in every"
                    + " rebuild; who decided that and why is kept. The exit code is 3 if the account"
                    + " waits for another record then.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog dlq skip 2@17 --why \"written by a broken test client\"",
            "  ./cartlog dlq skip --account 17850 --why \"see ticket 4711\" --by jo"
        })
final class DlqSkipCommand implements Callable<Integer> {
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Mixin DlqOptions dlq = new DlqOptions();
    @Mixin RecordOptions chosen = new RecordOptions();

    @Option(names = "--why", required = true, paramLabel = "TEXT", description = "why it may be")
    String why = "";

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = "who decides (default: the user of this machine)")
    String by = System.getProperty("user.name", "");

    @Override
    public Integer call() {
        chosen.check();
        Checks.require(!why.isBlank(), spec, "--why says why");
        Checks.require(!by.isBlank(), spec, "--by says who");
        JsonNode result =
                dlq.service()
                        .post(
                                chosen.path(dlq)
                                        + "/skip?by="
                                        + encoded(by)
                                        + "&why="
                                        + encoded(why));
        return DlqRetryCommand.print(dlq, result);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
