package io.cartlog.cli.behaviour;

import io.cartlog.cli.retail.Digest128;
import io.cartlog.schemas.value.ClickId;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Names each row of a file so that loading the file, or its beginning, again adds nothing, while
/// identical rows are all kept: a digest of the row, and which of the rows that look like this it
/// is.
///
/// Identical rows have the same time, and files are in the order of time; so only the last times
/// are remembered, and a file may be of any length.
public final class ClickIds {
    /// How many different times are remembered. Identical rows that stand further apart are one.
    private static final int TIMES = 10_000;

    private final Map<Instant, Map<Digest128, Integer>> seen = new LinkedHashMap<>();
    private long repeats;

    /// The id of the file's next row: 32 hex digits.
    public ClickId next(BehaviourLine.Row line) {
        int nth =
                ofTheTime(line.row().time())
                        .merge(Digest128.of(List.of(line.text())), 1, Integer::sum);
        if (nth > 1) {
            repeats++;
        }
        return new ClickId(
                Digest128.of(List.of("click", line.text(), Integer.toString(nth))).hex());
    }

    private Map<Digest128, Integer> ofTheTime(Instant time) {
        Map<Digest128, Integer> rows = seen.computeIfAbsent(time, _ -> new HashMap<>());
        if (seen.size() > TIMES) {
            seen.remove(seen.keySet().iterator().next());
        }
        return rows;
    }

    /// How many rows so far were the second or later of their kind.
    public long repeats() {
        return repeats;
    }
}
