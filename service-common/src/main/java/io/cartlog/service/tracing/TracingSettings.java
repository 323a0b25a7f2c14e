package io.cartlog.service.tracing;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings under `cartlog.tracing`.
///
/// @param endpoint base address of a collector that takes OTLP over HTTP, such as
///   `http://127.0.0.1:4318`; without it nothing is traced
/// @param sampling share of the requests without a trace of their own that are followed, 0 to 1
public record TracingSettings(@Nullable URI endpoint, @DefaultValue("0.01") double sampling) {

    /// @throws IllegalArgumentException if a setting makes no sense
    public TracingSettings {
        check(endpoint == null || isHttp(endpoint), "endpoint must be like http://127.0.0.1:4318");
        check(sampling >= 0 && sampling <= 1, "sampling must be between 0 and 1");
    }

    private static boolean isHttp(URI address) {
        String scheme = String.valueOf(address.getScheme());
        return address.getHost() != null && (scheme.equals("http") || scheme.equals("https"));
    }

    private static void check(boolean sound, String otherwise) {
        if (!sound) {
            throw new IllegalArgumentException("cartlog.tracing." + otherwise);
        }
    }
}
