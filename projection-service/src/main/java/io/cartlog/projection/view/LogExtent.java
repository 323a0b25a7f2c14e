package io.cartlog.projection.view;

import java.util.Map;

/// Which log it is, and how long.
public interface LogExtent {

    /// The topic's own id: a topic that is deleted and created again is another log.
    String id();

    /// The offset after the last committed record, by partition.
    ///
    /// @throws HistoryUnavailableException if the log does not answer
    Map<Integer, Long> ends();
}
