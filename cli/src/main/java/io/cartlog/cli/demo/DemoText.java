package io.cartlog.cli.demo;

import io.cartlog.cli.limits.Limit;
import io.cartlog.cli.load.LoadReport;
import io.cartlog.cli.terminal.TextTable;
import java.util.List;
import java.util.Map;

/// What the demo did, for a person.
final class DemoText {
    private DemoText() {}

    static String of(DemoReport report, boolean stays) {
        StringBuilder text = new StringBuilder();
        text.append(flow(report));
        text.append("\n\n").append(stages(report.stages()));
        text.append("\n\n").append(limits(report.limits()));
        text.append("\n\n").append(memory(report.memory()));
        if (stays) {
            text.append("\n\n").append(addresses(report.addresses()));
        }
        return text.append("\n\n").append(verdict(report)).toString();
    }

    private static String flow(DemoReport r) {
        LoadReport.Counts c = r.commands();
        return """
        %s: %s lines
          |  accepted %s, there before %s, refused %s, broken %s
          v
        command-service --> cart.events: %s events of %s accounts
          |
          +--> projection-service --> DynamoDB: %s
          |                           %s orders
          |
          +--> analytics-sink --> lake: %s rows in %s files
                              --> warehouse: %s events, %s order lines
                                  net amount %s, sales amount %s\
        """
                .formatted(
                        r.source(),
                        shown(c.read()),
                        shown(c.accepted()),
                        shown(c.replayed()),
                        shown(c.refused()),
                        shown(c.broken()),
                        shown(r.events()),
                        shown(r.accounts()),
                        items(r.items()),
                        shown(r.orders()),
                        shown(r.lake().rows()),
                        shown(r.lake().files()),
                        shown(r.warehouse().rows()),
                        shown(r.warehouse().lines()),
                        r.netAmount(),
                        r.salesAmount());
    }

    private static String items(Map<String, Long> items) {
        return String.join(
                ", ",
                items.entrySet().stream()
                        .map(e -> shown(e.getValue()) + " " + e.getKey())
                        .toList());
    }

    private static TextTable stages(List<Stage> stages) {
        TextTable table =
                new TextTable(
                        "stage", "seconds", "handled", "of", "per second", "limit of the store");
        for (Stage stage : stages) {
            table.row(
                    stage.name(),
                    "%.1f".formatted(stage.seconds()),
                    stage.count() == 0 ? "" : stage.count(),
                    stage.unit(),
                    stage.count() == 0 ? "" : stage.rate(),
                    stage.limitPerSecond() == null ? "" : stage.limitPerSecond());
        }
        return table;
    }

    private static TextTable limits(List<Limit> limits) {
        TextTable table = new TextTable("limit of the store", "per second", "of", "by");
        limits.forEach(l -> table.row(l.store(), l.perSecond(), l.unit(), l.what()));
        return table;
    }

    private static TextTable memory(Map<String, Long> memory) {
        TextTable table = new TextTable("process", "memory in MB");
        memory.forEach((name, bytes) -> table.row(name, bytes / 1_000_000));
        return table;
    }

    private static TextTable addresses(Map<String, String> addresses) {
        TextTable table = new TextTable("what", "address");
        addresses.forEach((name, address) -> table.row(name, address));
        return table;
    }

    private static String verdict(DemoReport report) {
        return report.reconciled()
                ? "Reconciled: log, views, lake and warehouse agree. %.0f s in all."
                        .formatted(report.seconds())
                : "NOT reconciled: %s differences; ./cartlog reconcile names them."
                        .formatted(shown(report.differenceCount()));
    }

    private static String shown(long number) {
        return TextTable.shown(number);
    }
}
