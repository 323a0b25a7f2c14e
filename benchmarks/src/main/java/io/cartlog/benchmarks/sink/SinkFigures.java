package io.cartlog.benchmarks.sink;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one run measured.
///
/// @param rows events that were measured with
/// @param files one thread alone
/// @param sink our service, from the broker into a snapshot of the lake
/// @param peer Kafka Connect's Iceberg sink on the same topic; null if it was not asked for
/// @param freshness from the broker's answer until a query on the warehouse can see an event
public record SinkFigures(
        long rows,
        FileRates files,
        Throughput sink,
        @Nullable Throughput peer,
        Load warehouse,
        List<Freshness> freshness,
        List<Goal> goals) {
    public SinkFigures {
        freshness = List.copyOf(freshness);
        goals = List.copyOf(goals);
    }

    /// Per CPU-second of the one thread.
    ///
    /// @param decode events read and checked, nothing written
    /// @param bytesToFiles the bytes of events into files in the object store
    /// @param objectsToFiles the same by an object for each event and another for each row
    public record FileRates(long decode, long bytesToFiles, long objectsToFiles) {}

    /// From the broker into committed snapshots of the lake.
    ///
    /// @param perCpuSecond rows, of all threads of the process
    /// @param perSecond rows, by the clock
    /// @param peakMegabytes resident memory of the process
    public record Throughput(
            String name, long perCpuSecond, long perSecond, double cpuSeconds, long peakMegabytes) {
        double times(Throughput other) {
            return (double) perCpuSecond / other.perCpuSecond;
        }

        double shareOfMemory(Throughput other) {
            return (double) peakMegabytes / other.peakMegabytes;
        }
    }

    /// @param perSecond rows of snapshots loaded, by the clock
    /// @param plainCopyPerSecond the same rows by COPY alone into a table of the same columns, from
    ///   bytes that are ready
    /// @param loaderCpuShare how much of the time the thread that loads was itself at work; for the
    ///   rest it waited for the database
    public record Load(long perSecond, long plainCopyPerSecond, double loaderCpuShare) {}

    /// @param setting of the sink
    /// @param peakMegabytes resident memory of the service, which loads the warehouse too
    public record Freshness(
            String setting,
            long events,
            double p50Seconds,
            double p99Seconds,
            long peakMegabytes) {}

    /// @param aim what is wanted
    public record Goal(String what, String aim, double measured, boolean reached) {
        static Goal atLeast(String what, long aim, double measured) {
            return new Goal(what, "at least %,d".formatted(aim), measured, measured >= aim);
        }

        static Goal below(String what, long aim, double measured) {
            return new Goal(what, "below %,d".formatted(aim), measured, measured < aim);
        }
    }

    /// With the goals that can be judged by them.
    ///
    /// @param freshness at the defaults, then when asked to be quick
    static SinkFigures of(
            long rows,
            FileRates files,
            Throughput sink,
            @Nullable Throughput peer,
            Load warehouse,
            List<Freshness> freshness) {
        List<Goal> goals = new ArrayList<>();
        goals.add(
                Goal.atLeast(
                        "bytes to files, rows per CPU-second",
                        400_000,
                        (double) files.bytesToFiles));
        goals.add(
                Goal.atLeast(
                        "broker to snapshot, rows per CPU-second",
                        180_000,
                        (double) sink.perCpuSecond));
        if (peer != null) {
            goals.add(Goal.atLeast("times the peer's rows per CPU-second", 3, sink.times(peer)));
            goals.add(Goal.below("times the peer's memory", 1, sink.shareOfMemory(peer)));
        }
        goals.add(Goal.atLeast("warehouse, rows/s loaded", 300_000, (double) warehouse.perSecond));
        goals.add(
                Goal.below("event to queryable, p99 s, defaults", 60, freshness.get(0).p99Seconds));
        goals.add(
                Goal.below("event to queryable, p99 s, asked for", 5, freshness.get(1).p99Seconds));
        return new SinkFigures(rows, files, sink, peer, warehouse, freshness, goals);
    }
}
