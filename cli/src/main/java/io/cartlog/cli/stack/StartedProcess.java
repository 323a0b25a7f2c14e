package io.cartlog.cli.stack;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A process by pid and time of start: a pid that went to somebody else is not this process.
///
/// @param startedAt epoch milliseconds as the system tells it
record StartedProcess(long pid, long startedAt) {
    /// The system's clock of processes moves with corrections of the wall clock.
    private static final Duration TOLERANCE = Duration.ofSeconds(3);

    static StartedProcess of(ProcessHandle handle) {
        return new StartedProcess(handle.pid(), startOf(handle).toEpochMilli());
    }

    Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid).filter(StartedProcess::isLiving).filter(this::isThis);
    }

    /// Alive, and not only a dead process's entry that nobody has collected yet: that one has no
    /// command any more.
    static boolean isLiving(ProcessHandle handle) {
        return handle.isAlive() && handle.info().command().isPresent();
    }

    @JsonIgnore
    boolean isAlive() {
        return handle().isPresent();
    }

    private boolean isThis(ProcessHandle handle) {
        Duration apart = Duration.between(Instant.ofEpochMilli(startedAt), startOf(handle)).abs();
        return apart.compareTo(TOLERANCE) <= 0;
    }

    private static Instant startOf(ProcessHandle handle) {
        return handle.info().startInstant().orElse(Instant.EPOCH);
    }
}
