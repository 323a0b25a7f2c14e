package io.cartlog.projection.verify;

import io.cartlog.projection.view.Key;
import io.cartlog.projection.view.Row;
import io.cartlog.projection.view.TableScan;
import io.cartlog.projection.view.ViewComparison;
import io.cartlog.projection.view.ViewTables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Compares the tables of two versions. First by digests of accounts; every account whose digests
/// differ is then read by its keys from both, so that the count is exact however many differ, and a
/// writer that was between the two tables a moment ago is no difference.
@Component
class VersionDiff implements ViewComparison {
    private static final int ROUNDS = 5;
    private static final int NAMED = 100;
    private static final long PAUSE_MILLIS = 100;

    private final ViewTables tables;

    VersionDiff(ViewTables tables) {
        this.tables = tables;
    }

    /// An item that is not the same in both.
    ///
    /// @param change `added`, `removed` or `changed`
    record Change(
            String account,
            String key,
            String change,
            @Nullable Map<String, Object> before,
            @Nullable Map<String, Object> after) {

        static Change of(Difference difference) {
            String change =
                    switch (difference.problem()) {
                        case "missing" -> "removed";
                        case "extra" -> "added";
                        default -> "changed";
                    };
            return new Change(
                    difference.account(),
                    difference.key(),
                    change,
                    difference.expected(),
                    difference.found());
        }
    }

    /// @param items that differ, heads counted
    /// @param accounts that they belong to
    /// @param moving accounts that changed all the time and could not be compared
    /// @param counts items by what would happen to them
    /// @param samples the first 100
    record Report(
            int from,
            int to,
            long items,
            long accounts,
            int moving,
            Map<String, Long> counts,
            List<Change> samples) {}

    @Override
    public Changes changes(int from, int to) throws InterruptedException {
        Report report = between(from, to, (_, _, _) -> {});
        return new Changes(report.items(), report.moving());
    }

    Report between(int from, int to, Progress progress) throws InterruptedException {
        TableScan before = tables.scan(from);
        TableScan after = tables.scan(to);
        Set<String> open = differing(digests(before, progress), digests(after, progress));
        Tally tally = new Tally();
        for (int round = 1; round <= ROUNDS && !open.isEmpty(); round++) {
            open = compare(open, before, after, round == ROUNDS, tally, progress);
        }
        return new Report(
                from, to, tally.items, tally.accounts, open.size(), tally.counts, tally.samples);
    }

    private static Map<String, Long> digests(TableScan table, Progress progress)
            throws InterruptedException {
        FoundTable found = new FoundTable();
        long size = table.roughSize();
        table.scan(
                size,
                row -> {
                    found.add(row);
                    progress.report("scan", found.rows(), Math.max(found.rows() + 1, size));
                });
        return found.digests();
    }

    private static Set<String> differing(Map<String, Long> before, Map<String, Long> after) {
        Set<String> accounts = new TreeSet<>(before.keySet());
        accounts.addAll(after.keySet());
        accounts.removeIf(a -> before.containsKey(a) && before.get(a).equals(after.get(a)));
        return accounts;
    }

    /// @return accounts that moved meanwhile
    private static Set<String> compare(
            Set<String> accounts,
            TableScan before,
            TableScan after,
            boolean last,
            Tally tally,
            Progress progress)
            throws InterruptedException {
        Set<String> moved = new HashSet<>();
        long done = 0;
        for (String account : accounts) {
            Map<Key, Row> target = after.account(account);
            Map<Key, Row> source = before.account(account);
            boolean still = target.equals(after.account(account));
            if (still && (last || sameHead(account, source, target))) {
                tally.add(Difference.between(account, source, target));
            } else {
                moved.add(account);
            }
            progress.report("compare", ++done, accounts.size());
        }
        if (!moved.isEmpty()) {
            Thread.sleep(PAUSE_MILLIS);
        }
        return moved;
    }

    /// While the account is written, one of the two may be a batch ahead.
    private static boolean sameHead(String account, Map<Key, Row> source, Map<Key, Row> target) {
        Key head = new Key(Key.headPartition(account), Key.HEAD);
        Row one = source.get(head);
        return one == null ? target.get(head) == null : one.equals(target.get(head));
    }

    private static final class Tally {
        private final Map<String, Long> counts = new TreeMap<>();
        private final List<Change> samples = new ArrayList<>();
        private long items;
        private long accounts;

        void add(List<Difference> differences) {
            items += differences.size();
            accounts += differences.isEmpty() ? 0 : 1;
            for (Difference difference : differences) {
                Change change = Change.of(difference);
                counts.merge(change.change(), 1L, Long::sum);
                if (samples.size() < NAMED) {
                    samples.add(change);
                }
            }
        }
    }
}
