package io.cartlog.cli.load;

import java.time.Duration;

/// How fast and how patiently lines are sent.
///
/// @param lanes requests in flight at most
/// @param batch lines in a request
/// @param retryFor how long a request is sent again before the load gives up
/// @param requestTimeout how long one request may take
public record Pace(int lanes, int batch, Duration retryFor, Duration requestTimeout) {}
