package io.cartlog.cli.views;

import io.cartlog.cli.terminal.TextTable;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// Comparisons for a person.
final class ReportText {
    private ReportText() {}

    static String dryRun(JsonNode report) {
        JsonNode views = report.path("views");
        return "A rebuild would read %,d events and change %,d items of %,d."
                        .formatted(
                                report.at("/log/events").asLong(),
                                views.path("differenceCount").asLong(),
                                items(views))
                + differences(views);
    }

    static String verified(JsonNode report) {
        JsonNode views = report.path("views");
        String text =
                "%,d accounts, %,d items, digest %s; by the log %s"
                        .formatted(
                                views.path("accounts").asLong(),
                                items(views),
                                views.path("digest").asString(""),
                                views.path("expectedDigest").asString(""));
        long count = views.path("differenceCount").asLong();
        String moving = moving(views.path("moving").asLong());
        JsonNode parked = views.path("parked");
        String but = parked.isEmpty() ? "." : ", as far as it can be applied.";
        return (count == 0
                        ? text + "\n\nThe view is what the log says" + but + moving
                        : text
                                + "\n\n%,d differences.".formatted(count)
                                + moving
                                + differences(views))
                + parked(parked);
    }

    private static String parked(JsonNode parked) {
        if (parked.isEmpty()) {
            return "";
        }
        TextTable table = new TextTable("account", "waits for", "reason");
        parked.forEach(p ->
                table.row(
                        p.path("account").asString(""),
                        p.path("partition").asInt() + "@" + p.path("offset").asLong(),
                        p.path("reason").asString("")));
        return "\n\n%,d accounts are parked; see ./cartlog dlq list.\n".formatted(parked.size())
                + table;
    }

    private static long items(JsonNode views) {
        return StreamSupport.stream(views.path("items").spliterator(), false)
                        .mapToLong(JsonNode::asLong)
                        .sum()
                + views.path("orders").asLong()
                + views.path("heads").asLong();
    }

    private static String moving(long accounts) {
        return accounts == 0
                ? ""
                : " %,d accounts changed all the time and were not compared.".formatted(accounts);
    }

    private static String differences(JsonNode views) {
        if (views.path("differences").isEmpty()) {
            return "";
        }
        TextTable table = new TextTable("account", "key", "problem", "expected", "found");
        views.path("differences")
                .forEach(d ->
                        table.row(
                                d.path("account").asString(""),
                                d.path("key").asString(""),
                                d.path("problem").asString(""),
                                shown(d.path("expected")),
                                shown(d.path("found"))));
        return "\n" + table;
    }

    static String diff(JsonNode report) {
        String text =
                "From version %d to %d, %,d items of %,d accounts would change."
                        .formatted(
                                report.path("from").asInt(),
                                report.path("to").asInt(),
                                report.path("items").asLong(),
                                report.path("accounts").asLong());
        text += moving(report.path("moving").asLong());
        if (report.path("samples").isEmpty()) {
            return text;
        }
        TextTable table = new TextTable("account", "key", "change", "before", "after");
        report.path("samples")
                .forEach(d ->
                        table.row(
                                d.path("account").asString(""),
                                d.path("key").asString(""),
                                d.path("change").asString(""),
                                shown(d.path("before")),
                                shown(d.path("after"))));
        return text + "\n" + table;
    }

    private static String shown(JsonNode item) {
        return item.isObject() ? item.toString() : "";
    }
}
