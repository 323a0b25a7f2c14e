package io.cartlog.projection.intake;

import java.time.Duration;

/// @param maxAge how old the views may be before the service is not ready
public record AgeSettings(Duration maxAge) {}
