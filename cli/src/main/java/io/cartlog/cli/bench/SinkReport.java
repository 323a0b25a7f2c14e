package io.cartlog.cli.bench;

import io.cartlog.cli.terminal.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// What `./cartlog bench sink` measured, as tables.
final class SinkReport {
    private SinkReport() {}

    /// @param figures as the module `benchmarks` writes them
    static String text(JsonNode figures) {
        List<String> parts = new ArrayList<>();
        parts.add(files(figures.path("files")));
        parts.add(lake(figures.path("sink"), figures.path("peer")));
        parts.add(warehouse(figures.path("warehouse")));
        parts.add(freshness(figures.path("freshness")));
        parts.add(goals(figures.path("goals")));
        return String.join("\n\n", parts);
    }

    private static String files(JsonNode files) {
        TextTable table = new TextTable("one thread", "rows per CPU-second", "ratio");
        long objects = files.path("objectsToFiles").asLong();
        for (String way : List.of("decode", "bytesToFiles", "objectsToFiles")) {
            long rows = files.path(way).asLong();
            table.row(words(way), rows, ratio(rows, objects));
        }
        return table.toString();
    }

    private static String words(String camelCase) {
        return camelCase.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    private static String lake(JsonNode sink, JsonNode peer) {
        TextTable table =
                new TextTable(
                        "broker to snapshot",
                        "rows per CPU-second",
                        "ratio",
                        "rows/s",
                        "CPU s",
                        "peak MB");
        JsonNode compared = peer.isObject() ? peer : sink;
        for (JsonNode each : peer.isObject() ? List.of(sink, peer) : List.of(sink)) {
            table.row(
                    each.path("name").asString(""),
                    each.path("perCpuSecond").asLong(),
                    ratio(
                            each.path("perCpuSecond").asLong(),
                            compared.path("perCpuSecond").asLong()),
                    each.path("perSecond").asLong(),
                    decimal(each.path("cpuSeconds").asDouble()),
                    each.path("peakMegabytes").asLong());
        }
        return table.toString();
    }

    private static String warehouse(JsonNode load) {
        TextTable table = new TextTable("lake to warehouse", "rows/s", "ratio");
        long copied = load.path("plainCopyPerSecond").asLong();
        long loaded = load.path("perSecond").asLong();
        table.row("load, from Parquet into both tables", loaded, ratio(loaded, copied));
        table.row("plain COPY of the events' bytes", copied, ratio(copied, copied));
        return "%s%nOf the load's time the loading thread itself worked %.0f %%."
                .formatted(table, 100 * load.path("loaderCpuShare").asDouble());
    }

    private static String freshness(JsonNode freshness) {
        TextTable table =
                new TextTable("event to queryable", "events", "p50 s", "p99 s", "peak MB");
        freshness.forEach(it ->
                table.row(
                        it.path("setting").asString(""),
                        it.path("events").asLong(),
                        decimal(it.path("p50Seconds").asDouble()),
                        decimal(it.path("p99Seconds").asDouble()),
                        it.path("peakMegabytes").asLong()));
        return table.toString();
    }

    private static String goals(JsonNode goals) {
        TextTable table = new TextTable("goal", "aim", "measured", "reached");
        goals.forEach(it ->
                table.row(
                        it.path("what").asString(""),
                        it.path("aim").asString(""),
                        number(it.path("measured").asDouble()),
                        it.path("reached").asBoolean() ? "yes" : "no"));
        return table.toString();
    }

    private static String number(double value) {
        return value < 1_000 ? decimal(value) : "%,.0f".formatted(value);
    }

    private static String ratio(long value, long of) {
        return decimal((double) value / of);
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
