package io.cartlog.sink.kinesis;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Settings under `cartlog.kinesis`. Endpoint and keys absent: Amazon's own, with the default chain
/// of credentials.
///
/// @param relayStream the stream that takes the events; absent if nobody wants them there
public record RelaySettings(
        @Nullable String relayStream,
        @Nullable URI endpoint,
        @Nullable String region,
        @Nullable String accessKey,
        @Nullable String secretKey) {}
