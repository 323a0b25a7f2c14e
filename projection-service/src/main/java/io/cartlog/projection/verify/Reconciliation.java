package io.cartlog.projection.verify;

import io.cartlog.projection.verify.LogReader.Range;
import io.cartlog.projection.verify.Stops.Stop;
import io.cartlog.projection.view.Head;
import io.cartlog.projection.view.Key;
import io.cartlog.projection.view.Row;
import io.cartlog.projection.view.Skips;
import io.cartlog.projection.view.TableLayout;
import io.cartlog.projection.view.TableScan;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.value.AccountId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Compares a version's table with a fold of the whole log. First by digests; only the accounts
/// whose digests differ are looked at item by item. Writers may go on meanwhile: an account whose
/// head moves while it is looked at is looked at again, and in the end named as moving, not as
/// different. Made for one comparison.
final class Reconciliation {
    /// Accounts that are looked at item by item; of more than these one difference each is counted.
    private static final int DETAILED = 1_000;

    private static final int ROUNDS = 3;
    private static final int NAMED = 100;

    private final LogReader log;
    private final TableScan table;
    private final TableLayout layout;
    private final CatchUp catchUp;
    private final Scope scope;
    private final Skips skips;

    Reconciliation(
            LogReader log,
            TableScan table,
            TableLayout layout,
            CatchUp catchUp,
            Scope scope,
            Skips skips) {
        this.log = log;
        this.table = table;
        this.layout = layout;
        this.catchUp = catchUp;
        this.scope = scope;
        this.skips = skips;
    }

    record Report(LogTotals.Summary log, ViewsReport views) {}

    /// @param items by status
    /// @param digest of all items and heads in the table
    /// @param expectedDigest of what the log says
    /// @param moving accounts that changed all the time and were not compared to the end
    /// @param parked accounts that wait for a record that cannot be applied; they were compared
    ///   with the log up to there
    /// @param differences the first 100
    record ViewsReport(
            int accounts,
            Map<String, Long> items,
            long orders,
            long heads,
            String digest,
            String expectedDigest,
            int moving,
            List<Stop> parked,
            List<Difference> differences,
            long differenceCount) {}

    Report run(Progress progress) throws InterruptedException {
        Map<Integer, Range> ranges = log.whole();
        LogTotals totals = new LogTotals(ranges);
        Stops stops = new Stops(skips);
        Map<AccountId, ExpectedAccount> expected = fold(ranges, totals, stops, progress);
        catchUp.await(ranges, progress);
        long rows = expected.values().stream().mapToLong(ExpectedAccount::items).sum();
        FoundTable found = scan(rows, progress);
        Map<String, Long> wanted = digests(expected);
        Findings findings = examine(differing(wanted, found.digests()), rows, progress);
        return new Report(totals.summary(), report(wanted, found, stops.all(), findings));
    }

    private Map<AccountId, ExpectedAccount> fold(
            Map<Integer, Range> ranges, LogTotals totals, Stops stops, Progress progress) {
        Map<AccountId, ExpectedAccount> expected = new HashMap<>();
        read(
                ranges,
                "fold",
                progress,
                found -> {
                    RecordedEvent event = stops.pass(found, e -> fold(e, expected));
                    if (event == null) {
                        totals.unreadable();
                    } else {
                        totals.add(found.partition(), event);
                    }
                });
        return expected;
    }

    /// An account whose first event cannot be applied has no view.
    private void fold(RecordedEvent event, Map<AccountId, ExpectedAccount> expected) {
        ExpectedAccount known = expected.get(event.account());
        if (known != null) {
            known.add(event);
            return;
        }
        ExpectedAccount fresh = new ExpectedAccount(event.account(), layout, skips);
        fresh.add(event);
        expected.put(event.account(), fresh);
    }

    private void read(
            Map<Integer, Range> ranges,
            String stage,
            Progress progress,
            Consumer<ConsumerRecord<byte[], byte[]>> records) {
        long total = ranges.values().stream().mapToLong(Range::length).sum();
        log.read(
                ranges,
                found -> {
                    if (scope.has(found)) {
                        records.accept(found);
                    }
                },
                done -> progress.report(stage, done, total));
    }

    private FoundTable scan(long rows, Progress progress) throws InterruptedException {
        FoundTable found = new FoundTable();
        read(
                rows,
                row -> {
                    if (scope.has(FoundTable.account(row.key()))) {
                        found.add(row);
                        progress.report("scan", found.rows(), rows);
                    }
                });
        return found;
    }

    /// One account is read by its keys, more are found by reading all.
    private void read(long rows, Consumer<Row> found) throws InterruptedException {
        if (scope.account() == null) {
            table.scan(rows, found);
        } else {
            table.account(scope.account()).values().forEach(found);
        }
    }

    private static Map<String, Long> digests(Map<AccountId, ExpectedAccount> expected) {
        return expected.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                e -> e.getKey().value(),
                                e -> e.getValue().digest(),
                                (a, _) -> a,
                                TreeMap::new));
    }

    private static Set<String> differing(Map<String, Long> expected, Map<String, Long> found) {
        Set<String> accounts = new TreeSet<>(expected.keySet());
        accounts.addAll(found.keySet());
        accounts.removeIf(a -> expected.containsKey(a) && expected.get(a).equals(found.get(a)));
        return accounts;
    }

    private record Findings(List<Difference> differences, long count, int moving) {}

    private Findings examine(Set<String> differing, long rows, Progress progress)
            throws InterruptedException {
        List<Difference> differences = new ArrayList<>();
        Set<String> open = differing.stream().limit(DETAILED).collect(Collectors.toSet());
        for (int round = 0; round < ROUNDS && !open.isEmpty(); round++) {
            open = compare(open, rows, progress, differences);
        }
        long count = (long) differences.size() + Math.max(0, differing.size() - DETAILED);
        return new Findings(differences.stream().limit(NAMED).toList(), count, open.size());
    }

    /// @return accounts that moved meanwhile
    private Set<String> compare(
            Set<String> accounts, long rows, Progress progress, List<Difference> differences)
            throws InterruptedException {
        Map<Integer, Range> ranges = log.whole();
        Map<String, ExpectedItems> expected = foldInFull(accounts, ranges, progress);
        catchUp.await(ranges, progress);
        Map<String, Head> before = heads(accounts);
        Map<String, Map<Key, Row>> found = collect(accounts, rows, progress);
        Map<String, Head> after = heads(accounts);
        Set<String> moved = new TreeSet<>();
        for (String account : new TreeSet<>(accounts)) {
            ExpectedItems items = expected.get(account);
            long version = items == null ? 0 : items.version();
            if (hasMoved(before.get(account), after.get(account), version)) {
                moved.add(account);
            } else {
                differences.addAll(
                        Difference.between(
                                account,
                                items == null ? Map.of() : items.rows(),
                                found.getOrDefault(account, Map.of())));
            }
        }
        return moved;
    }

    private static boolean hasMoved(@Nullable Head before, @Nullable Head after, long version) {
        return after != null && (!after.equals(before) || after.version() > version);
    }

    private Map<String, ExpectedItems> foldInFull(
            Set<String> accounts, Map<Integer, Range> ranges, Progress progress) {
        Map<String, ExpectedItems> expected = new HashMap<>();
        Stops stops = new Stops(skips);
        read(
                ranges,
                "detail",
                progress,
                found ->
                        stops.pass(
                                found,
                                event -> {
                                    if (accounts.contains(event.account().value())) {
                                        foldInFull(event, expected);
                                    }
                                }));
        return expected;
    }

    private void foldInFull(RecordedEvent event, Map<String, ExpectedItems> expected) {
        ExpectedItems known = expected.get(event.account().value());
        ExpectedItems items =
                known == null ? new ExpectedItems(event.account(), layout, skips) : known;
        items.add(event);
        expected.put(event.account().value(), items);
    }

    private Map<String, Head> heads(Set<String> accounts) {
        Set<AccountId> ids =
                accounts.stream().flatMap(Reconciliation::id).collect(Collectors.toSet());
        Map<String, Head> heads = new HashMap<>();
        table.heads(ids).forEach((account, head) -> heads.put(account.value(), head));
        return heads;
    }

    /// An item that somebody else has put into the table may have any key.
    private static Stream<AccountId> id(String account) {
        try {
            return Stream.of(new AccountId(account));
        } catch (IllegalArgumentException _) {
            return Stream.empty();
        }
    }

    private Map<String, Map<Key, Row>> collect(Set<String> accounts, long rows, Progress progress)
            throws InterruptedException {
        Map<String, Map<Key, Row>> found = new ConcurrentHashMap<>();
        LongAdder seen = new LongAdder();
        read(
                rows,
                row -> {
                    seen.increment();
                    progress.report("detail", seen.sum(), rows);
                    String account = FoundTable.account(row.key());
                    if (accounts.contains(account)) {
                        found.computeIfAbsent(account, _ -> new ConcurrentHashMap<>())
                                .put(row.key(), row);
                    }
                });
        return found;
    }

    private static ViewsReport report(
            Map<String, Long> expected, FoundTable found, List<Stop> parked, Findings findings) {
        Map<String, Long> items = new TreeMap<>();
        for (String status : List.of("ACTIVE", "SAVED", "PURCHASED")) {
            items.put(status, found.count(status));
        }
        Map<String, Long> digests = found.digests();
        return new ViewsReport(
                digests.size(),
                items,
                found.count("ORDER"),
                found.count("HEAD"),
                Digests.hex(sum(digests)),
                Digests.hex(sum(expected)),
                findings.moving(),
                parked,
                findings.differences(),
                findings.count());
    }

    private static long sum(Map<String, Long> digests) {
        return digests.values().stream().mapToLong(Long::longValue).sum();
    }
}
