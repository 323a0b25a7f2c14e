package io.cartlog.commands.intake;

import java.util.ArrayList;
import java.util.List;

/// A line of a body of NDJSON, by its place there.
///
/// @param number counts from 1, blank lines included
record BodyLine(int number, int offset, int length) {
    static final String NDJSON = "application/x-ndjson";

    /// How large such a body may be.
    static final int MEGABYTES = 16;

    private static final int MOST = 10_000;

    /// The lines that are not blank.
    ///
    /// @throws ProblemException if there are more than 10,000
    static List<BodyLine> of(byte[] body) {
        List<BodyLine> lines = new ArrayList<>();
        int number = 1;
        for (int start = 0, end; start < body.length; start = end + 1, number++) {
            end = start;
            boolean blank = true;
            while (end < body.length && body[end] != '\n') {
                blank &= isSpace(body[end]);
                end++;
            }
            if (!blank) {
                lines.add(new BodyLine(number, start, end - start));
            }
        }
        if (lines.size() > MOST) {
            throw new ProblemException(Problem.bodyTooLarge(MOST + " lines"));
        }
        return lines;
    }

    /// What JSON takes for white space, other than the line's end.
    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }
}
