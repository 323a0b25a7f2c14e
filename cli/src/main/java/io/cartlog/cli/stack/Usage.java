package io.cartlog.cli.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a process and its children take of the machine.
///
/// @param rssBytes resident memory; of children their proportional share, because the processes of
///   PostgreSQL share most of theirs. Absent where the system does not tell
record Usage(@Nullable Long rssBytes, double cpuSeconds) {

    static Usage of(ProcessHandle process) {
        double cpu =
                Stream.concat(Stream.of(process), process.descendants())
                        .map(it -> it.info().totalCpuDuration().orElse(Duration.ZERO))
                        .mapToDouble(it -> it.toMillis() / 1000.0)
                        .sum();
        Long own = kilobytes(process.pid(), "status", "VmRSS:");
        if (own == null) {
            return new Usage(null, cpu);
        }
        long children = process.descendants().mapToLong(Usage::share).sum();
        return new Usage((own + children) * 1024, cpu);
    }

    private static long share(ProcessHandle child) {
        Long share = kilobytes(child.pid(), "smaps_rollup", "Pss:");
        return share == null ? 0 : share;
    }

    private static @Nullable Long kilobytes(long pid, String file, String key) {
        Path path = Path.of("/proc", Long.toString(pid), file);
        try (Stream<String> lines = Files.lines(path)) {
            return lines.filter(it -> it.startsWith(key))
                    .map(it -> Long.parseLong(it.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(null);
        } catch (IOException | UncheckedIOException _) {
            return null; // no such system, or it has just ended
        }
    }
}
