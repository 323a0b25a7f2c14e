package io.cartlog.cli.behaviour;

import io.cartlog.cli.retail.Digest128;
import io.cartlog.cli.retail.Occurrences;
import io.cartlog.schemas.value.ClickId;
import java.util.List;

/// Names each row of a file so that loading the file, or its beginning, again adds nothing, while
/// identical rows are all kept: a digest of the row, and which of the rows that look like this it
/// is.
///
/// Identical rows have the same time, and files are in the order of time; so only the last times
/// are remembered, and a file may be of any length.
public final class ClickIds {
    /// How many different times are remembered. Identical rows that stand further apart are one.
    private static final int TIMES = 10_000;

    private final Occurrences seen = new Occurrences(TIMES);

    /// The id of the file's next row: 32 hex digits.
    public ClickId next(BehaviourLine.Row line) {
        int nth = seen.next(line.row().time().toString(), Digest128.of(List.of(line.text())));
        return new ClickId(
                Digest128.of(List.of("click", line.text(), Integer.toString(nth))).hex());
    }

    /// How many rows so far were the second or later of their kind.
    public long repeats() {
        return seen.repeats();
    }

    /// What it remembers of the rows so far.
    public Occurrences memory() {
        return seen;
    }
}
