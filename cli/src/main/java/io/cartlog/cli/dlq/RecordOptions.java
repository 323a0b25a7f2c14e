package io.cartlog.cli.dlq;

import io.cartlog.cli.terminal.Checks;
import io.cartlog.cli.terminal.CommandFailedException;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// Which record: by its place, or the one that an account waits for.
final class RecordOptions {
    private static final Pattern PLACE = Pattern.compile("(\\d{1,9})@(\\d{1,18})");

    @SuppressWarnings("NullAway.Init")
    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    @Parameters(
            arity = "0..1",
            paramLabel = "PARTITION@OFFSET",
            description = "the record's place in cart.events")
    @Nullable String place;

    @Option(
            names = "--account",
            paramLabel = "A",
            description = "the record that this account waits for")
    @Nullable String account;

    /// Checks what can be checked before anybody is asked.
    void check() {
        Checks.require(
                (place == null) != (account == null),
                command,
                "name either a record, as PARTITION@OFFSET, or an --account");
        Checks.require(
                place == null || PLACE.matcher(place).matches(),
                command,
                "a record's place is PARTITION@OFFSET, such as 2@17");
    }

    /// Path of the record.
    String path(DlqOptions dlq) {
        if (place != null) {
            return DlqOptions.PATH + "/" + place.replace('@', '/');
        }
        JsonNode letter =
                StreamSupport.stream(dlq.letters().path("letters").spliterator(), false)
                        .filter(this::waits)
                        .findFirst()
                        .orElseThrow(() ->
                                new CommandFailedException(
                                        "account %s waits for no record".formatted(account)));
        return "%s/%d/%d"
                .formatted(
                        DlqOptions.PATH,
                        letter.path("partition").asInt(),
                        letter.path("offset").asLong());
    }

    private boolean waits(JsonNode letter) {
        String state = letter.path("state").asString("");
        return letter.path("account").asString("").equals(account)
                && (state.equals("PARKED") || state.equals("RESUMING"));
    }
}
