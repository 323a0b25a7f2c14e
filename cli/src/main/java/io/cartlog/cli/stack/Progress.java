package io.cartlog.cli.stack;

/// Hears what is going on, one short line at a time, for a person who waits.
@FunctionalInterface
public interface Progress {
    void say(String line);
}
