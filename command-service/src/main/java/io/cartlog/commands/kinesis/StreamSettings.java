package io.cartlog.commands.kinesis;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Settings under `cartlog.kinesis`. Endpoint and keys absent: Amazon's own, with the default chain
/// of credentials.
///
/// @param intakeStream the stream with the rows; absent if none come that way
public record StreamSettings(
        @Nullable String intakeStream,
        @Nullable URI endpoint,
        @Nullable String region,
        @Nullable String accessKey,
        @Nullable String secretKey) {}
