package io.cartlog.projection.verify;

import io.cartlog.projection.verify.LogReader.Range;
import io.cartlog.projection.view.Position;
import io.cartlog.projection.view.ViewTables;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Waits until the views reflect the log up to some offsets, for as long as they come closer.
final class CatchUp {
    private static final Duration STANDSTILL = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final ViewTables tables;
    private final int version;

    CatchUp(ViewTables tables, int version) {
        this.tables = tables;
        this.version = version;
    }

    void await(Map<Integer, Range> ranges, Progress progress) throws InterruptedException {
        long total = ranges.values().stream().mapToLong(Range::to).sum();
        long applied = -1;
        long movedAt = System.nanoTime();
        while (applied < total && System.nanoTime() - movedAt < STANDSTILL.toNanos()) {
            long now = applied(ranges);
            if (now > applied) {
                applied = now;
                movedAt = System.nanoTime();
                progress.report("catch-up", applied, total);
            } else {
                Thread.sleep(PAUSE);
            }
        }
    }

    private long applied(Map<Integer, Range> ranges) throws InterruptedException {
        List<Position> positions = tables.positions(version);
        return positions.stream()
                .collect(
                        Collectors.summingLong(p -> {
                            Range range = ranges.get(p.partition());
                            return range == null ? 0 : Math.min(p.offset(), range.to());
                        }));
    }
}
