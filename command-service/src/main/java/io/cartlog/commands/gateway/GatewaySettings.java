package io.cartlog.commands.gateway;

import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings under `cartlog.queries`.
///
/// @param url base addresses of the instances of the projection-service, with commas between
public record GatewaySettings(@DefaultValue List<URI> url) {}
