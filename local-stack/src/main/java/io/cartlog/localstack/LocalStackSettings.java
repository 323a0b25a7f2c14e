package io.cartlog.localstack;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/// What to start, where.
///
/// @param data the folder that keeps everything; created if absent
/// @param parts the servers to start
/// @param partitions of each topic keyed by account, when it is created
public record LocalStackSettings(Path data, Ports ports, Set<Part> parts, int partitions) {
    public static final int DEFAULT_PARTITIONS = 4;

    public LocalStackSettings {
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions must be at least 1, not " + partitions);
        }
        data = data.toAbsolutePath().normalize();
        parts = Set.copyOf(parts);
    }

    /// All four servers on free ports.
    public static LocalStackSettings inFolder(Path data) {
        return new LocalStackSettings(
                data, Ports.free(), EnumSet.allOf(Part.class), DEFAULT_PARTITIONS);
    }

    /// The same with these servers only.
    public LocalStackSettings only(Part first, Part... more) {
        return new LocalStackSettings(data, ports, EnumSet.of(first, more), partitions);
    }
}
