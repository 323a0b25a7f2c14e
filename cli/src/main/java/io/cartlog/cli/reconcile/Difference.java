package io.cartlog.cli.reconcile;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// One thing that is not as the log has it.
///
/// @param where log, views, lake, warehouse or clicks
/// @param what the key, the range of offsets, or the sum
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Difference(
        String where,
        String what,
        String problem,
        @Nullable String expected,
        @Nullable String found) {}
