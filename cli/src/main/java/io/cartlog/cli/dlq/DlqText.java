package io.cartlog.cli.dlq;

import io.cartlog.cli.terminal.TextTable;
import java.util.Locale;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// Dead letters for a person.
final class DlqText {
    private static final int SHOWN = 60;

    private DlqText() {}

    static String list(JsonNode letters) {
        if (letters.isEmpty()) {
            return "There are no dead letters.";
        }
        TextTable table =
                new TextTable(
                        "topic", "record", "account", "state", "waiting", "written", "reason");
        letters.forEach(letter ->
                table.row(
                        letter.path("topic").asString(""),
                        place(letter),
                        letter.path("account").asString(""),
                        state(letter),
                        letter.has("waiting") ? letter.path("waiting").asLong() : "",
                        letter.path("time").asString(""),
                        shortened(reason(letter))));
        long parked =
                StreamSupport.stream(letters.spliterator(), false)
                        .filter(letter -> letter.path("state").asString("").equals("PARKED"))
                        .count();
        return table
                + "\n\n"
                + (parked == 0
                        ? "No account waits."
                        : "%,d account%s.".formatted(parked, parked == 1 ? " waits" : "s wait"));
    }

    private static String place(JsonNode letter) {
        return letter.path("partition").asInt() + "@" + letter.path("offset").asLong();
    }

    private static String state(JsonNode letter) {
        String state = letter.path("state").asString("").replace('_', ' ').toLowerCase(Locale.ROOT);
        return letter.has("view") ? state + " in version " + letter.path("view").asInt() : state;
    }

    /// Of a skipped record, who decided that, and why.
    private static String reason(JsonNode letter) {
        JsonNode skipped = letter.path("skipped");
        return skipped.isObject()
                ? "%s, %s: %s"
                        .formatted(
                                skipped.path("by").asString(""),
                                skipped.path("at").asString(""),
                                skipped.path("why").asString(""))
                : letter.path("reason").asString("");
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN - 3) + "...";
    }

    static String shown(JsonNode record) {
        StringBuilder text = new StringBuilder();
        line(text, "record", record.path("topic").asString("") + "-" + place(record));
        line(text, "written", record.path("time").asString(""));
        line(text, "key", record.path("key").asString("(none)"));
        record.path("headers")
                .properties()
                .forEach(header ->
                        line(text, "header " + header.getKey(), header.getValue().asString("")));
        line(text, "trouble", record.path("trouble").asString("none: it can be read as an event"));
        JsonNode letter = record.path("letter");
        if (letter.isObject()) {
            line(text, "state", state(letter));
            line(text, "reason", letter.path("reason").asString(""));
        }
        if (letter.path("skipped").isObject()) {
            line(text, "skipped by", reason(letter));
        }
        line(text, "value", record.path("bytes").asInt() + " bytes");
        return text + record.path("value").asString("").replaceAll("(.{64})", "$1\n").strip();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("%-12s".formatted(name)).append(' ').append(value).append('\n');
    }

    static String result(JsonNode result) {
        String account = result.path("account").asString("");
        String applied = "%,d events applied; ".formatted(result.path("applied").asLong());
        return switch (result.path("state").asString("")) {
            case "RELEASED" -> applied + "account " + account + " goes on.";
            case "RESUMING" ->
                    applied + "account " + account + " goes on once its partition is read again.";
            default ->
                    applied
                            + "account %s waits for record %s: %s"
                                    .formatted(
                                            account,
                                            place(result.path("next")),
                                            result.at("/next/reason").asString(""));
        };
    }
}
