package io.cartlog.cli.demo;

import tools.jackson.databind.JsonNode;

/// How far the two readers of the log are.
record Progress(Projected projected, Sunk sunk) {

    boolean caughtUp() {
        return projected.caughtUp() && sunk.caughtUp();
    }

    /// Anything that changes while somebody works.
    long work() {
        return projected.events + projected.lag + sunk.rows + sunk.loaded + sunk.warehouseRows;
    }

    /// @param lag events that the views do not reflect yet
    /// @param items written since the service started
    record Projected(long lag, long events, long items) {
        static Projected of(JsonNode json) {
            return new Projected(
                    json.path("lag").asLong(),
                    json.path("eventsApplied").asLong(0),
                    json.path("itemsWritten").asLong(0));
        }

        boolean caughtUp() {
            return lag == 0;
        }
    }

    /// @param lag offsets that are not in the lake yet
    record Sunk(
            long lag,
            long rows,
            long files,
            long snapshots,
            long loaded,
            long warehouseRows,
            long orderLines) {
        static Sunk of(JsonNode json) {
            return new Sunk(
                    json.path("lag").asLong(),
                    json.path("lakeRows").asLong(0),
                    json.path("lakeFiles").asLong(0),
                    json.path("snapshots").asLong(0),
                    json.path("loadedSnapshots").asLong(0),
                    json.path("warehouseRows").asLong(0),
                    json.path("orderLines").asLong(0));
        }

        boolean caughtUp() {
            return lag == 0 && loaded == snapshots;
        }
    }
}
