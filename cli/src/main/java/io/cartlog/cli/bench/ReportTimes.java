package io.cartlog.cli.bench;

import io.cartlog.cli.report.Report;
import io.cartlog.cli.terminal.TextTable;
import io.cartlog.cli.warehouse.ScaledWarehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// How long every report took on copies of the warehouse of different sizes.
///
/// @param copies in the order in which they were asked for
record ReportTimes(List<Copy> copies, List<OfReport> reports) {
    /// @param times how often every row of the warehouse stands in it
    /// @param answers of the reports, in the catalogue's order
    record Copy(
            int times,
            long events,
            long orderLines,
            long clicks,
            List<ScaledWarehouse.Answer> answers) {}

    /// @param seconds on each copy
    /// @param costs that the planner expected on each copy
    /// @param growth seconds on the last copy by those on the first, by how much more rows it has:
    ///   1 is as fast as the rows, below is slower
    /// @param costGrowth the same of the costs
    record OfReport(
            String report,
            List<Double> seconds,
            List<Double> costs,
            double growth,
            double costGrowth) {

        static OfReport of(int report, List<Copy> copies) {
            List<Double> seconds =
                    copies.stream().map(copy -> copy.answers().get(report).seconds()).toList();
            List<Double> costs =
                    copies.stream().map(copy -> copy.answers().get(report).cost()).toList();
            double more = (double) copies.getLast().times() / copies.getFirst().times();
            return new OfReport(
                    Report.ALL.get(report).name(),
                    seconds,
                    costs,
                    seconds.getLast() / seconds.getFirst() / more,
                    costs.getLast() / costs.getFirst() / more);
        }
    }

    static ReportTimes of(List<Copy> copies) {
        return new ReportTimes(
                copies,
                IntStream.range(0, Report.ALL.size())
                        .mapToObj(report -> OfReport.of(report, copies))
                        .toList());
    }

    /// Seconds of the slowest report on the first copy.
    double slowest() {
        return reports.stream().mapToDouble(it -> it.seconds().getFirst()).max().orElseThrow();
    }

    String text() {
        List<String> header = new ArrayList<>(List.of("report"));
        copies.forEach(copy -> header.add("s at %dx".formatted(copy.times())));
        header.addAll(List.of("growth", "of the cost"));
        TextTable table = new TextTable(header);
        reports.forEach(report -> table.row(cells(report)));
        Copy first = copies.getFirst();
        return "%s\n\nat %dx: %,d events, %,d order lines, %,d clicks; growth 1 is that of the rows"
                .formatted(
                        table, first.times(), first.events(), first.orderLines(), first.clicks());
    }

    private static List<String> cells(OfReport report) {
        List<String> cells = new ArrayList<>(List.of(report.report()));
        report.seconds().forEach(seconds -> cells.add(decimal(seconds)));
        cells.add(decimal(report.growth()));
        cells.add(decimal(report.costGrowth()));
        return cells;
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
