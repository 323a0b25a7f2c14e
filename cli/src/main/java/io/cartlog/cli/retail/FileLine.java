package io.cartlog.cli.retail;

/// One line of the file after the header.
public sealed interface FileLine {

    /// Where it stands, 1 being the header.
    long number();

    /// The line as it stands in the file, without its end.
    String text();

    /// A line with eight columns.
    record Row(long number, String text, RetailRow row) implements FileLine {}

    /// A line that is none of this file's rows, and why.
    record Broken(long number, String text, String reason) implements FileLine {}
}
