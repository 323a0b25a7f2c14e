package io.cartlog.cli.terminal;

/// What every command ends with.
public final class ExitCode {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;

    /// The command ran, and what it compared differs.
    public static final int DIFFERENCE = 3;

    private ExitCode() {}
}
