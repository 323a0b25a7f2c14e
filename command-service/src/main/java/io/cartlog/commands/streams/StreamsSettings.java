package io.cartlog.commands.streams;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings under `cartlog.streams`.
///
/// @param stateDir folder of this instance for state that can be made anew from the log
/// @param threads that decide; more than there are partitions are idle
/// @param commitInterval between the end of a transaction and the start of the next commit. Answers
///   wait for it; but where a commit takes longer than it, as on a machine that is cold or busy,
///   little is decided between commits: with 5 ms a cold start stood at 30 commands/s for 30
///   seconds
/// @param store where the state lies
public record StreamsSettings(
        @Nullable Path stateDir,
        @DefaultValue("1") int threads,
        @DefaultValue("25ms") Duration commitInterval,
        @DefaultValue("memory") StoreKind store) {}
