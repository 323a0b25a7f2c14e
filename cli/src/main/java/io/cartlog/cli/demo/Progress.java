package io.cartlog.cli.demo;

import io.cartlog.cli.terminal.CommandFailedException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// How far the two readers of the log are.
record Progress(Projected projected, Sunk sunk) {
    private static final long FAR = Long.MAX_VALUE;

    /// Nobody has answered yet.
    static final Progress UNKNOWN =
            new Progress(new Projected(FAR, 0, 0, null), new Sunk(FAR, 0, 0, 0, 0, null));

    boolean caughtUp() {
        return projected.caughtUp() && sunk.caughtUp();
    }

    /// A number that changes while somebody works.
    long work() {
        return projected.events + projected.lag + sunk.lag + sunk.loaded + sunk.warehouseRows;
    }

    /// @throws CommandFailedException if the projection has stopped; the sink goes on trying
    void requireGoing() {
        if (projected.failed != null) {
            throw new CommandFailedException("projection-service has stopped: " + projected.failed);
        }
    }

    private static @Nullable String failed(JsonNode json) {
        JsonNode failed = json.path("failed");
        return failed.isMissingNode() || failed.isNull() ? null : failed.asString();
    }

    /// @param lag events that the views do not reflect yet
    /// @param items written since the service started
    record Projected(long lag, long events, long items, @Nullable String failed) {
        static Projected of(JsonNode json) {
            return new Projected(
                    json.path("lag").asLong(),
                    json.path("eventsApplied").asLong(0),
                    json.path("itemsWritten").asLong(0),
                    Progress.failed(json));
        }

        boolean caughtUp() {
            return lag == 0;
        }
    }

    /// @param lag offsets of events that are not in the lake yet, and of clicks that are not in the
    ///   warehouse
    /// @param loaded snapshots of the lake that are in the warehouse
    record Sunk(
            long lag,
            long files,
            long snapshots,
            long loaded,
            long warehouseRows,
            @Nullable String failed) {
        static Sunk of(JsonNode json) {
            return new Sunk(
                    json.path("lag").asLong() + json.at("/clicks/lag").asLong(0),
                    json.path("lakeFiles").asLong(0),
                    json.path("snapshots").asLong(0),
                    json.path("loadedSnapshots").asLong(0),
                    json.path("warehouseRows").asLong(0),
                    Progress.failed(json));
        }

        boolean caughtUp() {
            return lag == 0 && loaded == snapshots;
        }
    }
}
