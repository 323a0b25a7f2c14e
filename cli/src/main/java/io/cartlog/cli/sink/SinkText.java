package io.cartlog.cli.sink;

import io.cartlog.cli.terminal.TextTable;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// What the sink says, for a person.
final class SinkText {
    private SinkText() {}

    static String progress(JsonNode p) {
        TextTable partitions = new TextTable("partition", "in the lake", "log ends at");
        p.path("partitions")
                .forEach(of ->
                        partitions.row(
                                of.path("partition").asInt(),
                                of.path("lake").asLong(),
                                of.path("end").asLong()));
        return partitions
                + "\n\nlake: %,d events in %,d files, %,d offsets of the log are missing"
                        .formatted(
                                p.path("lakeRows").asLong(),
                                p.path("lakeFiles").asLong(),
                                p.path("lag").asLong())
                + "\nwarehouse: %,d events, %,d order lines; %,d of %,d snapshots loaded"
                        .formatted(
                                p.path("warehouseRows").asLong(),
                                p.path("orderLines").asLong(),
                                p.path("loadedSnapshots").asLong(),
                                p.path("snapshots").asLong())
                + trouble(p);
    }

    private static String trouble(JsonNode p) {
        long files = p.path("quarantined").asLong();
        String failed = p.path("failed").asString("");
        return (files == 0
                        ? ""
                        : "\n%,d files cannot be loaded; see ./cartlog sink failed"
                                .formatted(files))
                + (failed.isEmpty() ? "" : "\ndoes not go on: " + failed);
    }

    static String failed(JsonNode answer) {
        if (answer.path("files").isEmpty()) {
            return "Every file of the lake's snapshots could be loaded.";
        }
        TextTable table =
                new TextTable("partition", "offsets", "events", "found at", "tried", "file");
        StringBuilder problems = new StringBuilder();
        answer.path("files")
                .forEach(f -> {
                    table.row(
                            f.path("partition").asInt(),
                            "%d to %d"
                                    .formatted(
                                            f.path("firstOffset").asLong(),
                                            f.path("lastOffset").asLong()),
                            f.path("rows").asLong(),
                            f.path("foundAt").asString(""),
                            f.path("attempts").asInt(),
                            f.path("location").asString(""));
                    problems.append("\n")
                            .append(f.path("location").asString(""))
                            .append("\n  ")
                            .append(f.path("problem").asString(""));
                });
        return table + "\n" + problems;
    }

    static String rebuilt(JsonNode report) {
        JsonNode found = report.path("reconciliation");
        String sums =
                "%,d events, %,d order lines, net amount %s"
                        .formatted(
                                found.at("/warehouse/rows").asLong(),
                                found.at("/warehouse/orderLines").asLong(),
                                found.at("/warehouse/netAmount").asString(""));
        if (report.path("rebuilt").asBoolean()) {
            return sums + "\n\nThe warehouse was rebuilt and is what the log says.";
        }
        TextTable table = new TextTable("where", "partition", "from", "to", "problem");
        found.path("differences")
                .forEach(d ->
                        table.row(
                                d.path("where").asString(""),
                                d.path("partition").asInt(),
                                d.path("from").asLong(),
                                d.path("to").asLong(),
                                d.path("problem").asString("")));
        return sums
                + "\n\nNothing was changed: a rebuild would not be what the log says.\n"
                + table;
    }

    static String retried(JsonNode answer) {
        if (answer.path("files").isEmpty()) {
            return "No file waits.";
        }
        TextTable table = new TextTable("outcome", "file", "problem");
        answer.path("files")
                .forEach(f ->
                        table.row(
                                f.path("outcome")
                                        .asString("")
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', ' '),
                                f.path("location").asString(""),
                                f.path("problem").asString("")));
        return table.toString();
    }
}
