package io.cartlog.cli.load;

import io.cartlog.cli.load.LoadReport.BrokenLine;
import io.cartlog.schemas.click.ClickAction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Counts rows, clicks and commands. Safe for many threads.
final class BehaviourTally {
    private final Instant start;
    private final Rejects rejects;
    private final Map<ClickAction, Long> rows = new EnumMap<>(ClickAction.class);
    private final Map<String, Long> refused = new TreeMap<>();
    private final List<BrokenLine> broken = new ArrayList<>();
    private long read;
    private long brokenCount;
    private long clicks;
    private long accepted;
    private long replayed;
    private long takenOut;
    private long notInTheCart;
    private long retries;

    BehaviourTally(Instant start, Rejects rejects) {
        this.start = start;
        this.rejects = rejects;
    }

    synchronized void row(ClickAction action) {
        read++;
        rows.merge(action, 1L, Long::sum);
    }

    /// A line that is no row.
    synchronized void brokenRow(long line, String text, String reason) {
        read++;
        broken(line, text, reason);
    }

    private void broken(long line, String text, String reason) {
        brokenCount++;
        if (broken.size() < Tally.NAMED) {
            broken.add(new BrokenLine(line, reason));
        }
        rejects.add(line, reason, text);
    }

    /// Takes the answers to clicks.
    Answers clicks() {
        return new Answers() {
            @Override
            public void retried() {
                countRetry();
            }

            @Override
            public void answered(BatchLine line, Answer answer) {
                click(line, answer);
            }
        };
    }

    /// Takes the answers to commands.
    Answers commands() {
        return new Answers() {
            @Override
            public void retried() {
                countRetry();
            }

            @Override
            public void answered(BatchLine line, Answer answer) {
                command(line, answer);
            }
        };
    }

    private synchronized void countRetry() {
        retries++;
    }

    private synchronized void click(BatchLine line, Answer answer) {
        if (answer.accepted()) {
            clicks++;
        } else {
            broken(line.source(), line.text(), answer.reason());
        }
    }

    /// A command whose row is broken is told of by its click.
    private synchronized void command(BatchLine line, Answer answer) {
        if (answer.accepted()) {
            acceptedCommand(line, answer);
        } else if (line.isOptional() && answer.isNotInCart()) {
            notInTheCart++;
        } else {
            refused.merge(String.valueOf(answer.code()), 1L, Long::sum);
            rejects.add(line.source(), answer.reason(), line.text());
        }
    }

    private void acceptedCommand(BatchLine line, Answer answer) {
        if (line.isOptional()) {
            takenOut++;
        }
        if (answer.replayedFromBefore(start)) {
            replayed++;
        } else {
            accepted++;
        }
    }

    synchronized BehaviourReport report(String source, long identical, double seconds) {
        List<BrokenLine> named =
                broken.stream().sorted(Comparator.comparingLong(BrokenLine::line)).toList();
        return new BehaviourReport(
                source,
                new BehaviourReport.Rows(
                        read,
                        of(ClickAction.VIEW),
                        of(ClickAction.CART),
                        of(ClickAction.REMOVE_FROM_CART),
                        of(ClickAction.PURCHASE),
                        identical,
                        brokenCount,
                        named),
                new BehaviourReport.Clicks(clicks),
                new BehaviourReport.Commands(
                        accepted,
                        replayed,
                        refused.values().stream().mapToLong(Long::longValue).sum(),
                        new TreeMap<>(refused),
                        takenOut,
                        notInTheCart),
                seconds,
                Math.round(read / Math.max(1e-3, seconds)),
                retries);
    }

    private long of(ClickAction action) {
        return rows.getOrDefault(action, 0L);
    }
}
