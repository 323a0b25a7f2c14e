package io.cartlog.cli.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cartlog.cli.limits.Limit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of the demo.
///
/// @param count of what it handled, 0 where nothing is counted
/// @param rate units in a second
/// @param store that it writes to, where there is one
/// @param limitPerSecond what that store takes of the same unit, once it is measured
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Stage(
        String name,
        double seconds,
        long count,
        String unit,
        long rate,
        @Nullable String store,
        @Nullable Long limitPerSecond) {

    static Stage of(String name, long nanos) {
        return of(name, nanos, 0, "", null);
    }

    static Stage of(String name, long nanos, long count, String unit, @Nullable String store) {
        double seconds = nanos / 1e9;
        return new Stage(
                name,
                Math.round(seconds * 1000) / 1000.0,
                count,
                unit,
                Math.round(count / Math.max(1e-3, seconds)),
                store,
                null);
    }

    /// This stage with the limit of its store.
    Stage beside(List<Limit> limits) {
        for (Limit limit : limits) {
            if (limit.store().equals(store)) {
                return new Stage(name, seconds, count, unit, rate, store, limit.perSecond());
            }
        }
        return this;
    }
}
