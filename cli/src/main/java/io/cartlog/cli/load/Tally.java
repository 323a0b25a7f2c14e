package io.cartlog.cli.load;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Counts what came back. Safe for many threads.
final class Tally implements Answers {
    /// Broken lines that are named in the result; all of them are in the rejects file.
    static final int NAMED = 1_000;

    private final Instant start;
    private final Rejects rejects;
    private final Map<String, Long> refused = new TreeMap<>();
    private final List<LoadReport.BrokenLine> broken = new ArrayList<>();
    private long brokenCount;
    private long read;
    private long accepted;
    private long replayed;
    private long answered;
    private long retries;
    private long clicks;
    private long missed;

    Tally(Instant start, Rejects rejects) {
        this.start = start;
        this.rejects = rejects;
    }

    synchronized void lineRead() {
        read++;
    }

    @Override
    public synchronized void retried() {
        retries++;
    }

    /// A line that was not even sent.
    synchronized void broken(long source, String text, String reason) {
        brokenCount++;
        if (broken.size() < NAMED) {
            broken.add(new LoadReport.BrokenLine(source, reason));
        }
        rejects.add(source, reason, text);
    }

    @Override
    public synchronized void answered(BatchLine line, Answer answer) {
        answered++;
        if (answer.accepted()) {
            countAccepted(answer);
        } else if (line.isOptional() && answer.isNotInCart()) {
            missed++;
        } else if (answer.refusedByRule()) {
            refused.merge(String.valueOf(answer.code()), 1L, Long::sum);
            rejects.add(line.source(), answer.reason(), line.text());
        } else {
            broken(line.source(), line.text(), answer.reason());
        }
    }

    /// An answer that is replayed because this load sent the line twice counts as accepted.
    private void countAccepted(Answer answer) {
        if (answer.replayedFromBefore(start)) {
            replayed++;
        } else {
            accepted++;
        }
    }

    /// Takes the answers to clicks that go beside.
    Answers clicks() {
        return new Answers() {
            @Override
            public void retried() {
                Tally.this.retried();
            }

            @Override
            public void answered(BatchLine line, Answer answer) {
                click(line, answer);
            }
        };
    }

    private synchronized void click(BatchLine line, Answer answer) {
        if (answer.accepted()) {
            clicks++;
        } else {
            broken(line.source(), line.text(), answer.reason());
        }
    }

    /// Clicks that are in the log; null if there are none.
    synchronized @Nullable Long clicksOrNull() {
        return clicks == 0 ? null : clicks;
    }

    /// What a form of file does beside its rows' commands.
    synchronized BulkCounts bulk() {
        return new BulkCounts(
                read,
                accepted,
                replayed,
                new TreeMap<>(refused),
                brokenCount,
                clicks,
                missed,
                retries);
    }

    synchronized long answered() {
        return answered;
    }

    synchronized LoadReport.Counts counts() {
        List<LoadReport.BrokenLine> named =
                broken.stream()
                        .sorted(java.util.Comparator.comparingLong(LoadReport.BrokenLine::line))
                        .toList();
        return new LoadReport.Counts(
                read,
                accepted,
                replayed,
                refused.values().stream().mapToLong(Long::longValue).sum(),
                new TreeMap<>(refused),
                brokenCount,
                named,
                retries);
    }
}
