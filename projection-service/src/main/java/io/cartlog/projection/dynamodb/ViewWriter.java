package io.cartlog.projection.dynamodb;

import io.cartlog.projection.view.Arrivals;
import io.cartlog.projection.view.CapacityMeter;
import io.cartlog.projection.view.Head;
import io.cartlog.projection.view.Key;
import io.cartlog.projection.view.Position;
import io.cartlog.projection.view.Row;
import io.cartlog.projection.view.Skips;
import io.cartlog.projection.view.ViewItem;
import io.cartlog.projection.view.ViewStore;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.value.AccountId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// Writes views, several accounts at once, each account's changes one after the other.
///
/// Nothing but the head says what the table reflects. A batch that comes again after a crash, a
/// second writer that took over, or a transaction whose answer was lost all end the same way: the
/// head is not as expected, it is read again, and what it has is skipped.
final class ViewWriter implements ViewStore {
    private final Transactions transactions;
    private final TableReads reads;
    private final Positions positions;
    private final Patience patience;
    private final Crew crew;
    private final Arrivals arrivals;
    private final WriteBudget budget;
    private final Supplier<Skips> skips;
    private final boolean fresh;
    private final WrittenHeads written;
    private final HeadCache heads = new HeadCache();

    /// @param skips after which versions others may be missing
    /// @param fresh nothing is presumed to be in the table, so that nothing need be read from it:
    ///   an account's first event is written on condition that it has no head. Where this is wrong,
    ///   the head is read
    /// @param written is told of each head that this writes
    ViewWriter(
            Transactions transactions,
            TableReads reads,
            Positions positions,
            Patience patience,
            Crew crew,
            Arrivals arrivals,
            WriteBudget budget,
            Supplier<Skips> skips,
            boolean fresh,
            WrittenHeads written) {
        this.transactions = transactions;
        this.reads = reads;
        this.positions = positions;
        this.patience = patience;
        this.crew = crew;
        this.arrivals = arrivals;
        this.budget = budget;
        this.skips = skips;
        this.fresh = fresh;
        this.written = written;
    }

    @Override
    public Written write(Map<AccountId, List<RecordedEvent>> events) throws InterruptedException {
        heads.shrink();
        read(unknown(events));
        long items = 0;
        Set<AccountId> open = events.keySet();
        while (true) {
            sweep(open);
            Due due = due(events, skips.get());
            if (due.events().isEmpty()) {
                return new Written(items, due.gaps());
            }
            items += writeOnce(due.events());
            open = due.events().keySet();
        }
    }

    /// Accounts whose heads must be read: nothing is known of them, or nothing that these events
    /// could follow.
    private Set<AccountId> unknown(Map<AccountId, List<RecordedEvent>> events) {
        Set<AccountId> unknown = new LinkedHashSet<>();
        events.forEach((account, history) -> {
            Head head = heads.get(account);
            long first = history.getFirst().version();
            if (head == null && fresh && first == 1) {
                heads.put(Head.none(account));
            } else if (head == null || first > head.version() + 1) {
                unknown.add(account);
            }
        });
        return unknown;
    }

    private void read(Collection<AccountId> accounts) throws InterruptedException {
        Map<AccountId, Head> found =
                patience.untilDone("heads", () -> reads.heads(accounts, new CapacityMeter()));
        accounts.forEach(a -> heads.put(found.getOrDefault(a, Head.none(a))));
    }

    /// @param events that can be written now, of each account
    /// @param gaps of accounts of which nothing more can be written
    private record Due(Map<AccountId, List<RecordedEvent>> events, List<Gap> gaps) {}

    private Due due(Map<AccountId, List<RecordedEvent>> events, Skips allowed) {
        Due due = new Due(LinkedHashMap.newLinkedHashMap(events.size()), new ArrayList<>());
        events.forEach((account, history) -> {
            long version = heads.known(account).version();
            List<RecordedEvent> rest = history.stream().filter(e -> e.version() > version).toList();
            int run = run(account, version, rest, allowed);
            if (run > 0) {
                due.events().put(account, rest.subList(0, run));
            } else if (!rest.isEmpty()) {
                due.gaps().add(new Gap(account, version + 1, rest.getFirst().version()));
            }
        });
        return due;
    }

    /// How many of the events follow one another.
    private static int run(
            AccountId account, long version, List<RecordedEvent> events, Skips allowed) {
        long last = version;
        int run = 0;
        for (RecordedEvent event : events) {
            if (event.version() > last && !allowed.allow(account, last, event.version())) {
                return run;
            }
            last = Math.max(last, event.version());
            run++;
        }
        return run;
    }

    private long writeOnce(Map<AccountId, List<RecordedEvent>> due) throws InterruptedException {
        List<AccountWrite> writes = new ArrayList<>(due.size());
        due.forEach((account, rest) ->
                writes.add(AccountWrite.of(heads.known(account), rest, skips.get())));
        putAhead(writes);
        return commit(AccountWrite.packed(writes));
    }

    private void putAhead(List<AccountWrite> writes) throws InterruptedException {
        List<Crew.Job<Boolean>> jobs = new ArrayList<>();
        for (AccountWrite write : writes) {
            for (List<ViewItem> chunk : Chunks.of(write.ahead(), AccountWrite.ACTIONS)) {
                jobs.add(() -> {
                    budget.spend(chunk.size());
                    transactions.putAhead(chunk);
                    return true;
                });
            }
        }
        crew.all(jobs);
    }

    private long commit(List<List<AccountWrite>> bins) throws InterruptedException {
        List<Boolean> held =
                crew.all(
                        bins.stream().<Crew.Job<Boolean>>map(bin -> () -> commitOne(bin)).toList());
        long items = 0;
        List<AccountId> surprising = new ArrayList<>();
        for (int i = 0; i < bins.size(); i++) {
            for (AccountWrite write : bins.get(i)) {
                if (held.get(i)) {
                    heads.put(write.after());
                    items += write.items();
                } else {
                    surprising.add(write.before().account());
                }
            }
        }
        read(surprising);
        return items;
    }

    /// Who waits for one of these accounts need not wait for the rest of the batch.
    private boolean commitOne(List<AccountWrite> bin) throws InterruptedException {
        budget.spend(bin.stream().mapToInt(AccountWrite::actions).sum());
        boolean held = transactions.commit(bin);
        if (held) {
            bin.stream()
                    .map(AccountWrite::after)
                    .forEach(head -> {
                        written.put(head);
                        arrivals.arrived(head.account(), head.version());
                    });
        }
        return held;
    }

    /// Completes what a checkout of a big cart has begun, now or before a crash.
    private void sweep(Set<AccountId> accounts) throws InterruptedException {
        List<Head> marked = marked(accounts);
        while (!marked.isEmpty()) {
            crew.all(marked.stream().<Crew.Job<Boolean>>map(head -> () -> sweep(head)).toList());
            read(marked.stream().map(Head::account).toList());
            marked = marked(accounts);
        }
    }

    private List<Head> marked(Set<AccountId> accounts) {
        return accounts.stream().map(heads::known).filter(Head::sweeping).toList();
    }

    private boolean sweep(Head head) throws InterruptedException {
        List<Key> stale = stale(head);
        while (!stale.isEmpty()) {
            for (List<Key> chunk : Chunks.of(stale, AccountWrite.ACTIONS)) {
                transactions.sweep(head, chunk);
            }
            stale = stale(head);
        }
        return transactions.unmark(head);
    }

    private List<Key> stale(Head head) throws InterruptedException {
        return patience.untilDone(
                "cleared lines",
                () -> reads.cleared(head, new CapacityMeter()).stream().map(Row::key).toList());
    }

    @Override
    public void forgetHeads() {
        heads.clear();
        written.clear();
    }

    @Override
    public List<Position> positions() throws InterruptedException {
        return patience.untilDone("positions", positions::all);
    }

    @Override
    public void save(Position position) throws InterruptedException {
        patience.untilDone(
                "position",
                () -> {
                    positions.put(position);
                    return true;
                });
    }
}
