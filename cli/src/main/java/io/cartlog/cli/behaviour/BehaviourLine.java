package io.cartlog.cli.behaviour;

/// One line of the file after the header.
public sealed interface BehaviourLine {

    /// Where it stands, 1 being the header.
    long number();

    /// The line as it stands in the file, without its end.
    String text();

    /// A line that is a row.
    record Row(long number, String text, BehaviourRow row) implements BehaviourLine {}

    /// A line that is none of this file's rows, and why.
    record Broken(long number, String text, String reason) implements BehaviourLine {}
}
