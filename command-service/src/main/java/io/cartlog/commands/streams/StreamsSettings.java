package io.cartlog.commands.streams;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings under `cartlog.streams`.
///
/// @param stateDir folder of this instance for state that can be made anew from the log
/// @param threads that decide; more than there are partitions are idle
/// @param commitInterval the longest between two commits; [CommitPace] asks for them much sooner
/// @param store where the state lies
public record StreamsSettings(
        @Nullable Path stateDir,
        @DefaultValue("1") int threads,
        @DefaultValue("1s") Duration commitInterval,
        @DefaultValue("memory") StoreKind store) {}
