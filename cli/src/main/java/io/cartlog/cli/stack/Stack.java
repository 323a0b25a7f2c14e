package io.cartlog.cli.stack;

/// The four processes of a Cartlog on this machine.
@SuppressWarnings("DoNotCallSuggester")
public final class Stack {
    private final StackSettings settings;

    private Stack(StackSettings settings) {
        this.settings = settings;
    }

    public static Stack open(StackSettings settings) {
        return new Stack(settings);
    }

    public StackSettings settings() {
        return settings;
    }

    /// Starts what does not run and returns when all of it is healthy.
    ///
    /// @throws StackException if something does not become healthy; the message has the end of its
    ///   log
    public StackStatus up(Progress progress) {
        throw new StackException("not there yet");
    }

    /// Stops what runs, the last started first; no error when nothing runs.
    ///
    /// @throws StackException if a process cannot be ended
    public void down() {
        throw new StackException("not there yet");
    }

    /// The addresses and the state of each process, without changing anything.
    public StackStatus status() {
        throw new StackException("not there yet");
    }
}
