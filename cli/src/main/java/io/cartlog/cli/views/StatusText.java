package io.cartlog.cli.views;

import io.cartlog.cli.terminal.TextTable;
import tools.jackson.databind.JsonNode;

/// A view's versions for a person.
final class StatusText {
    private StatusText() {}

    static String of(JsonNode status) {
        TextTable versions = new TextTable("version", "table", "role", "since", "note");
        versions.row(
                status.at("/live/version").asInt(),
                status.at("/live/table").asString(""),
                "live",
                "",
                "");
        row(versions, status.path("candidate"), "being built", candidateNote(status));
        row(
                versions,
                status.path("previous"),
                "previous",
                "kept until " + status.at("/previous/until").asString(""));
        return versions + beside(status.path("beside"));
    }

    private static void row(TextTable table, JsonNode version, String role, String note) {
        if (version.isObject()) {
            table.row(
                    version.path("version").asInt(),
                    version.path("table").asString(""),
                    role,
                    version.path("since").asString(""),
                    note);
        }
    }

    private static String candidateNote(JsonNode status) {
        String held = status.at("/candidate/held").asString("");
        return held.isEmpty()
                ? "promotion " + status.at("/candidate/promote").asString("")
                : "held back: " + held;
    }

    private static String beside(JsonNode beside) {
        if (!beside.isObject()) {
            return "";
        }
        TextTable partitions = new TextTable("partition", "position", "end", "level");
        beside.path("partitions")
                .forEach(p ->
                        partitions.row(
                                p.path("partition").asInt(),
                                p.path("position").asLong(),
                                p.path("end").asLong(),
                                p.path("level").asBoolean() ? "yes" : "no"));
        return "\n\n" + partitions + "\n\n" + summary(beside);
    }

    private static String summary(JsonNode beside) {
        String failed = beside.path("failed").asString("");
        String left =
                beside.has("secondsLeft")
                        ? ", about %,d s to go".formatted(beside.path("secondsLeft").asLong())
                        : "";
        return "%s: %,d of %,d, %,d events/s, %,d writes/s%s%s"
                .formatted(
                        beside.path("state").asString(""),
                        beside.path("position").asLong(),
                        beside.path("end").asLong(),
                        beside.path("eventsPerSecond").asLong(),
                        beside.path("writesPerSecond").asLong(),
                        beside.path("state").asString("").equals("FILLING") ? left : "",
                        failed.isEmpty() ? "" : "\n" + failed);
    }
}
