package io.cartlog.projection.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.projection.Histories;
import io.cartlog.projection.dynamodb.Interception.Crash;
import io.cartlog.projection.view.CapacityMeter;
import io.cartlog.projection.view.Head;
import io.cartlog.projection.view.Item;
import io.cartlog.projection.view.Key;
import io.cartlog.projection.view.Place;
import io.cartlog.projection.view.Position;
import io.cartlog.projection.view.Row;
import io.cartlog.projection.view.Skip;
import io.cartlog.projection.view.Skips;
import io.cartlog.projection.view.TableLayout;
import io.cartlog.projection.view.TableModel;
import io.cartlog.projection.view.ViewStore;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ItemStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// What a store of views has to hold, on DynamoDB Local.
class ViewStoreIT {
    private static final AccountId ALICE = new AccountId("17850");
    private TestTable table;

    @BeforeEach
    void createTable() throws InterruptedException {
        table = new TestTable();
    }

    @Test // S0-13
    void the_table_is_reused_if_it_is_there() throws InterruptedException {
        TableBootstrap again = new TableBootstrap(table.client, table.name, TestTable.LAYOUT);

        assertThat(again.run()).isPositive();
    }

    @Test
    void a_table_keeps_its_number_of_shards() {
        TableBootstrap other = new TableBootstrap(table.client, table.name, new TableLayout(7));

        assertThatThrownBy(other::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("product-shards");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void many_accounts_in_any_batches_leave_what_each_history_says(long seed)
            throws InterruptedException {
        Map<AccountId, List<RecordedEvent>> histories = new LinkedHashMap<>();
        for (int i = 0; i < 15; i++) {
            String account = "" + (10_000 + i);
            histories.put(
                    new AccountId(account), Histories.random(account, seed * 100 + i, 60 + i));
        }
        ViewStore store = table.store();
        Random random = new Random(seed);
        for (int to = 0; to < 75; to += 1 + random.nextInt(30)) {
            store.write(upTo(histories, to));
        }
        store.write(histories);

        Map<Key, Row> expected = new TreeMap<>();
        histories.values().forEach(history -> expected.putAll(TableModel.of(history)));
        assertThat(table.rows()).isEqualTo(expected);
    }

    private static Map<AccountId, List<RecordedEvent>> upTo(
            Map<AccountId, List<RecordedEvent>> histories, int events) {
        Map<AccountId, List<RecordedEvent>> part = new LinkedHashMap<>();
        if (events > 0) {
            histories.forEach((a, history) ->
                    part.put(a, history.subList(0, Math.min(history.size(), events))));
        }
        return part;
    }

    @Test
    void a_replay_writes_nothing() throws InterruptedException {
        List<RecordedEvent> history = Histories.random("17850", 7, 100);
        table.store().write(Map.of(ALICE, history));

        assertThat(table.store().write(Map.of(ALICE, history)).items()).isZero();
        assertThat(table.store().write(Map.of(ALICE, history.subList(20, 60))).items()).isZero();
        assertThat(table.rows()).isEqualTo(TableModel.of(history));
    }

    @Test
    void what_comes_before_a_missing_event_is_written_and_the_rest_is_not()
            throws InterruptedException {
        List<RecordedEvent> history = Histories.random("17850", 7, 10);
        ViewStore store = table.store();
        List<RecordedEvent> torn = new ArrayList<>(history);
        torn.remove(4);
        List<RecordedEvent> other = Histories.random("17851", 8, 10);

        ViewStore.Written written =
                store.write(Map.of(ALICE, torn, other.getFirst().account(), other));

        assertThat(written.gaps()).containsExactly(new ViewStore.Gap(ALICE, 5, 6));
        Map<Key, Row> expected = new TreeMap<>(TableModel.of(history.subList(0, 4)));
        expected.putAll(TableModel.of(other));
        assertThat(table.rows()).isEqualTo(expected);
        assertThat(store.write(Map.of(ALICE, history.subList(5, 10))).gaps())
                .containsExactly(new ViewStore.Gap(ALICE, 5, 6));
        assertThat(store.write(Map.of(ALICE, history)).gaps()).isEmpty();
    }

    @Test
    void an_event_that_somebody_goes_on_without_is_not_missed() throws InterruptedException {
        List<RecordedEvent> history = Histories.random("17850", 7, 10);
        List<RecordedEvent> torn = new ArrayList<>(history);
        torn.remove(4);
        Skip skip =
                new Skip(ALICE, new Place(0, 4), Instant.EPOCH, "bad", 4, "me", Instant.EPOCH, "?");
        ViewStore store = table.store(new Skips(List.of(skip)));

        assertThat(store.write(Map.of(ALICE, torn)).gaps()).isEmpty();

        assertThat(table.reader().head(ALICE, new CapacityMeter()).version()).isEqualTo(10);
    }

    @Test
    void a_writer_that_was_replaced_writes_nothing_more() throws InterruptedException {
        List<RecordedEvent> history = Histories.random("17850", 7, 90);
        ViewStore zombie = table.store();
        zombie.write(Map.of(ALICE, history.subList(0, 30)));
        table.store().write(Map.of(ALICE, history.subList(30, 90)));

        long items = zombie.write(Map.of(ALICE, history.subList(30, 60))).items();

        assertThat(items).isZero();
        assertThat(table.rows()).isEqualTo(TableModel.of(history));
    }

    @Test
    void two_writers_at_once_leave_one_history() throws Exception {
        List<RecordedEvent> history = Histories.random("17850", 11, 200);
        List<Thread> writers =
                List.of(
                        Thread.ofVirtual().unstarted(() -> writeByTens(history)),
                        Thread.ofVirtual().unstarted(() -> writeByTens(history)));
        writers.forEach(Thread::start);
        for (Thread writer : writers) {
            writer.join();
        }

        assertThat(table.rows()).isEqualTo(TableModel.of(history));
    }

    private void writeByTens(List<RecordedEvent> history) {
        ViewStore store = table.store();
        try {
            for (int from = 0; from < history.size(); from += 10) {
                store.write(Map.of(ALICE, history.subList(from, from + 10)));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_transaction_whose_answer_was_lost_is_not_written_twice() throws InterruptedException {
        List<RecordedEvent> history = Histories.random("17850", 7, 40);
        ViewStore store =
                table.store((number, transaction) -> {
                    Object answer = transaction.send();
                    if (number == 1) {
                        throw SdkClientException.create("connection reset");
                    }
                    return answer;
                });

        store.write(Map.of(ALICE, history));

        assertThat(table.rows()).isEqualTo(TableModel.of(history));
    }

    @Test // S1-03
    void a_store_that_is_away_or_busy_is_asked_again() throws InterruptedException {
        List<RecordedEvent> history = Histories.random("17850", 7, 40);
        ViewStore store =
                table.store((number, transaction) -> {
                    if (number <= 3) {
                        throw number == 2
                                ? conflict()
                                : SdkClientException.create("connection refused");
                    }
                    return transaction.send();
                });

        store.write(Map.of(ALICE, history));

        assertThat(table.rows()).isEqualTo(TableModel.of(history));
    }

    private static TransactionCanceledException conflict() {
        return TransactionCanceledException.builder()
                .message("conflict")
                .cancellationReasons(
                        CancellationReason.builder().code("TransactionConflict").build(),
                        CancellationReason.builder().code("None").build())
                .build();
    }

    @Test
    void what_can_never_be_written_is_thrown() {
        List<RecordedEvent> history = Histories.random("17850", 7, 10);
        ViewStore store =
                table.store((_, _) -> {
                    throw TransactionCanceledException.builder()
                            .message("no")
                            .cancellationReasons(
                                    CancellationReason.builder().code("ValidationError").build())
                            .build();
                });

        assertThatThrownBy(() -> store.write(Map.of(ALICE, history)))
                .isInstanceOf(TransactionCanceledException.class);
    }

    @Test // S0-21
    void a_checkout_of_1114_lines_is_complete() throws InterruptedException {
        Histories history = bigCart(1_114);
        ViewStore store = table.store();
        store.write(Map.of(ALICE, history.events()));
        store.write(Map.of(ALICE, history.checkOut("O-1").events()));

        assertThat(table.rows()).isEqualTo(TableModel.of(history.events()));
        assertThat(table.rows()).hasSize(1_114 + 2);
    }

    /// 250 lines: 200 go ahead in two transactions, the head goes with the order and 50 lines,
    /// three transactions sweep the cart, one removes the mark; then comes the next event.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void a_crash_before_any_step_of_a_big_checkout_is_completed_by_redelivery(int step)
            throws InterruptedException {
        crashAndRedeliver(Interception.crashBefore(step));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void a_crash_after_any_step_of_a_big_checkout_is_completed_by_redelivery(int step)
            throws InterruptedException {
        crashAndRedeliver(Interception.crashAfter(step));
    }

    private void crashAndRedeliver(Interception.Fate crash) throws InterruptedException {
        Histories history = bigCart(250);
        table.store().write(Map.of(ALICE, history.events()));
        List<RecordedEvent> events = history.checkOut("O-1").add("P-1", 1, "5", null).events();
        List<RecordedEvent> batch = events.subList(250, 252);

        ViewStore dying = table.store(crash);
        assertThatThrownBy(() -> dying.write(Map.of(ALICE, batch))).isInstanceOf(Crash.class);
        assertThat(visible(table.rows()))
                .isIn(
                        visible(TableModel.of(events.subList(0, 250))),
                        visible(TableModel.of(events.subList(0, 251))),
                        visible(TableModel.of(events)));

        table.store().write(Map.of(ALICE, batch));
        assertThat(table.rows()).isEqualTo(TableModel.of(events));
    }

    /// What a reader who minds the head sees of all lines.
    private static Set<Key> visible(Map<Key, Row> rows) {
        Head head = TableLayout.head(rows.getOrDefault(Key.head(ALICE), new Row(Map.of())));
        return rows.values().stream()
                .filter(row -> row.textOrNull("Status") != null)
                .map(TableLayout::item)
                .filter(item -> head.shows(item.line().status(), item.version()))
                .map(Item::key)
                .collect(Collectors.toSet());
    }

    @Test
    void a_sweep_spares_what_was_added_since() throws InterruptedException {
        Histories history = bigCart(120);
        table.store().write(Map.of(ALICE, history.events()));
        List<RecordedEvent> checkout = history.checkOut("O-1").events();
        ViewStore dying = table.store(Interception.crashAfter(2));
        assertThatThrownBy(() -> dying.write(Map.of(ALICE, checkout))).isInstanceOf(Crash.class);

        table.store().write(Map.of(ALICE, history.add("P-1", 3, "5", null).events()));

        assertThat(table.rows()).isEqualTo(TableModel.of(history.events()));
        assertThat(table.reader().all(ALICE, ItemStatus.ACTIVE, new CapacityMeter()))
                .singleElement()
                .extracting(item -> item.line().sku().value())
                .isEqualTo("P-1");
    }

    @Test
    void a_cart_that_another_writer_checks_out_during_a_sweep_is_swept_too()
            throws InterruptedException {
        Histories history = bigCart(120);
        table.store().write(Map.of(ALICE, history.events()));
        List<RecordedEvent> first = history.checkOut("O-1").events();
        checkOutAndDie(first);
        List<RecordedEvent> second = fill(history, 120).checkOut("O-2").events();
        ViewStore store =
                table.store((number, transaction) -> {
                    if (number == 3) { // two sweep 120 lines, the third removes the mark
                        checkOutAndDie(second);
                    }
                    return transaction.send();
                });

        store.write(Map.of(ALICE, first));

        assertThat(table.rows()).isEqualTo(TableModel.of(second));
    }

    /// Leaves the head marked and the cart's lines in the table.
    private void checkOutAndDie(List<RecordedEvent> history) throws InterruptedException {
        int before = history.size() - 1;
        table.store().write(Map.of(ALICE, history.subList(0, before)));
        ViewStore dying = table.store(Interception.crashAfter(2));
        assertThatThrownBy(() -> dying.write(Map.of(ALICE, history))).isInstanceOf(Crash.class);
    }

    @Test
    void positions_are_kept_by_partition() throws InterruptedException {
        ViewStore store = table.store();
        store.save(new Position("log", 0, 17));
        store.save(new Position("log", 3, 4));
        store.save(new Position("log", 0, 18));

        assertThat(table.store().positions())
                .containsExactlyInAnyOrder(new Position("log", 0, 18), new Position("log", 3, 4));
        assertThat(table.rows()).isEmpty();
    }

    @Test
    void readers_know_what_was_written_until_the_writer_loses_the_account()
            throws InterruptedException {
        Histories history = new Histories("17850").add("P-1", 1, "1", null);
        ViewStore store = table.store();
        assertThat(table.reader().written(ALICE)).isNull();

        store.write(Map.of(ALICE, history.events()));

        assertThat(table.reader().written(ALICE))
                .isEqualTo(table.reader().head(ALICE, new CapacityMeter()));
        store.forgetHeads();
        assertThat(table.reader().written(ALICE)).isNull();
    }

    @Test // S0-25
    void two_saved_items_cost_half_a_unit() throws InterruptedException {
        Histories history = new Histories("17850").save("P-1001", "TV").save("P-1002", "TV");
        table.store().write(Map.of(ALICE, history.events()));
        CapacityMeter meter = new CapacityMeter();

        assertThat(table.reader().newest(ALICE, ItemStatus.SAVED, null, 25, meter).items())
                .hasSize(2);
        assertThat(meter.units()).isEqualTo(Map.of("GSI1", 0.5));
    }

    private static Histories bigCart(int lines) {
        return fill(new Histories("17850"), lines);
    }

    private static Histories fill(Histories history, int lines) {
        for (int i = 1; i <= lines; i++) {
            history.add("P-" + i, 1, "1.25", "TV");
        }
        return history;
    }
}
