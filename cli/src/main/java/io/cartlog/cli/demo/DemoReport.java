package io.cartlog.cli.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cartlog.cli.limits.Limit;
import io.cartlog.cli.load.LoadReport;
import io.cartlog.cli.reconcile.Difference;
import io.cartlog.cli.retail.RuleCounts.Rules;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the demo did; its fields are those of `--report` and `--output json`.
///
/// @param source the file, or generated shoppers
/// @param rules how often each rule for reading rows applied; absent for generated shoppers
/// @param events in the log, those of earlier loads included; likewise everything below
/// @param items in the views, by status
/// @param netAmount of all order lines
/// @param salesAmount of the lines that are sales with a positive quantity and price
/// @param limits what the stores can take, measured in this run
/// @param memory resident bytes of each process
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DemoReport(
        boolean reconciled,
        String source,
        LoadReport.Counts commands,
        @Nullable Rules rules,
        long events,
        Map<String, Long> items,
        long accounts,
        long orders,
        Lake lake,
        Warehouse warehouse,
        String netAmount,
        String salesAmount,
        List<Stage> stages,
        List<Limit> limits,
        Map<String, Long> memory,
        Map<String, String> addresses,
        List<Difference> differences,
        long differenceCount,
        double seconds) {
    /// Events in the lake.
    public record Lake(long rows, long files, long snapshots) {}

    /// Events and order lines in the warehouse.
    public record Warehouse(long rows, long lines) {}
}
