package io.cartlog.commands.gateway;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Settings under `cartlog.queries`.
///
/// @param url base address of the projection-service
public record GatewaySettings(@Nullable URI url) {}
