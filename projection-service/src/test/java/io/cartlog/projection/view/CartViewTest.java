package io.cartlog.projection.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.projection.Histories;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ItemStatus;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.Sku;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CartViewTest {
    private final Histories alice = new Histories("17850");

    @Test // S0-15
    void an_added_item_is_put_as_an_active_line_with_the_head() {
        ViewChange change = apply(alice.add("P-1001", 2, "199.99", "TV"));

        assertThat(keys(change.puts())).containsExactly("17850|17850#ACTIVE#P-1001");
        assertThat(change.puts().getFirst().version()).isEqualTo(1);
        assertThat(change.after()).isEqualTo(new Head(alice.account(), 1, 0, false));
        assertThat(change.guarded()).isEqualTo(2);
    }

    @Test // S0-16
    void several_events_on_one_line_are_one_write() {
        ViewChange change =
                apply(
                        alice.add("P-1001", 1, "199.99", "TV")
                                .add("P-1001", 2, "189.99", "TV")
                                .set("P-1001", 5));

        assertThat(change.puts()).hasSize(1);
        assertThat(change.puts().getFirst().line().quantity()).isEqualTo(5);
        assertThat(change.puts().getFirst().line().unitPrice()).isEqualTo(Money.of("189.99"));
        assertThat(change.puts().getFirst().version()).isEqualTo(3);
        assertThat(change.deletes()).isEmpty();
    }

    @Test
    void an_item_that_was_added_and_removed_leaves_a_delete() {
        ViewChange change = apply(alice.add("P-1001", 1, "5", null).remove("P-1001"));

        assertThat(change.puts()).isEmpty();
        assertThat(change.deletes()).containsExactly(active("P-1001"));
    }

    @Test
    void saving_for_later_moves_the_line_to_the_saved_list() {
        ViewChange change = apply(alice.add("P-1001", 1, "5", "TV").saveForLater("P-1001"));

        assertThat(keys(change.puts())).containsExactly("17850|17850#SAVED#P-1001");
        assertThat(change.deletes()).containsExactly(active("P-1001"));
    }

    @Test // S0-24
    void a_saved_item_needs_no_quantity_and_no_price() {
        ViewChange change = apply(alice.save("P-1001", "TV"));

        Row row = new TableLayout(4).row(change.puts().getFirst());
        assertThat(row.group("ItemSKU").attributes()).containsOnlyKeys("ProductId", "Category");
    }

    @Test
    void moving_to_the_cart_takes_the_line_off_the_saved_list() {
        ViewChange change = apply(alice.save("P-1001", "TV").moveToCart("P-1001"));

        assertThat(keys(change.puts())).containsExactly("17850|17850#ACTIVE#P-1001");
        assertThat(keys(change.deletes())).containsExactly("17850|17850#SAVED#P-1001");
    }

    @Test // S0-21
    void a_checkout_moves_every_line_under_one_order() {
        ViewChange change =
                apply(
                        alice.add("P-1001", 2, "199.99", "TV")
                                .add("P-1002", 1, "499.99", "Electronics")
                                .checkOut("O-1"));

        assertThat(change.deletes()).containsExactly(active("P-1001"), active("P-1002"));
        assertThat(keys(change.purchased()))
                .containsExactly(
                        "17850|17850#PURCHASED#O-1#P-1001", "17850|17850#PURCHASED#O-1#P-1002");
        assertThat(change.orders())
                .singleElement()
                .satisfies(order -> {
                    assertThat(order.key()).isEqualTo(new Key("ORDER#O-1", "17850"));
                    assertThat(order.lines()).isEqualTo(2);
                    assertThat(order.amount()).isEqualTo(Money.of("899.97"));
                });
        assertThat(change.after()).isEqualTo(new Head(alice.account(), 3, 3, false));
        assertThat(change.puts()).isEmpty();
    }

    @Test
    void a_cleared_cart_is_gone_as_by_a_checkout_and_the_saved_list_stays() {
        ViewChange change = apply(alice.add("P-1001", 2, "5", null).save("P-1002", null).clear());

        assertThat(change.deletes()).containsExactly(active("P-1001"));
        assertThat(keys(change.puts())).containsExactly("17850|17850#SAVED#P-1002");
        assertThat(change.after()).isEqualTo(new Head(alice.account(), 3, 3, false));
        assertThat(change.orders()).isEmpty();
    }

    @Test
    void a_merge_puts_the_lines_that_it_touches() {
        ViewChange change =
                apply(
                        alice.add("P-1001", 2, "5", null)
                                .merge(List.of("P-1001", "P-1003"), List.of("P-1002")));

        assertThat(keys(change.puts()))
                .containsExactlyInAnyOrder(
                        "17850|17850#ACTIVE#P-1001",
                        "17850|17850#ACTIVE#P-1003",
                        "17850|17850#SAVED#P-1002");
        assertThat(change.puts()).allMatch(item -> item.version() == 2);
        assertThat(change.after().clearedVersion()).isZero();
    }

    @Test
    void an_undone_merge_takes_away_what_it_brought() {
        ViewChange change =
                apply(
                        alice.merge(List.of("P-1001"), List.of("P-1002"))
                                .undoMerge(List.of("P-1001"), List.of("P-1002")));

        assertThat(keys(change.deletes()))
                .containsExactlyInAnyOrder("17850|17850#ACTIVE#P-1001", "17850|17850#SAVED#P-1002");
        assertThat(keys(change.puts())).containsExactly("17850|17850#ACTIVE#P-79");
    }

    @Test
    void what_expires_or_is_handed_over_is_gone_from_both_lists() {
        ViewChange expired = apply(alice.add("P-1001", 2, "5", null).save("P-1002", null).expire());
        ViewChange handedOver =
                apply(
                        new Histories("guest-1")
                                .add("P-1001", 2, "5", null)
                                .save("P-1002", null)
                                .handOver());

        for (ViewChange change : List.of(expired, handedOver)) {
            assertThat(change.deletes()).hasSize(2);
            assertThat(change.puts()).isEmpty();
            assertThat(change.after().clearedVersion()).isEqualTo(3);
        }
    }

    @Test
    void what_empties_only_the_saved_list_clears_no_cart() {
        assertThat(apply(alice.save("P-1002", null).expire()).after().clearedVersion()).isZero();
    }

    @Test
    void what_is_added_after_a_checkout_stays_active() {
        ViewChange change =
                apply(alice.add("P-1001", 1, "5", null).checkOut().add("P-1001", 1, "5", null));

        assertThat(keys(change.puts())).containsExactly("17850|17850#ACTIVE#P-1001");
        assertThat(change.deletes()).isEmpty();
        ViewItem line = change.puts().getFirst();
        assertThat(change.after().shows(ItemStatus.ACTIVE, line.version())).isTrue();
    }

    @Test
    void a_repeated_stock_code_of_an_invoice_is_two_lines() {
        ViewChange change =
                apply(
                        alice.purchase("536365", "85123A", 6, "2.55")
                                .purchase("536365", "85123A", 1, "2.55"));

        assertThat(keys(change.purchased()))
                .containsExactly(
                        "17850|17850#PURCHASED#O-536365#P-85123A",
                        "17850|17850#PURCHASED#O-536365#P-85123A#2");
        assertThat(change.orders()).singleElement().extracting(OrderItem::lines).isEqualTo(2);
    }

    @Test // S0-26
    void the_same_product_bought_twice_is_kept_twice() {
        ViewChange change =
                apply(
                        alice.add("P-1001", 1, "5", null)
                                .checkOut("O-1")
                                .add("P-1001", 1, "5", null)
                                .checkOut("O-2"));

        assertThat(keys(change.purchased()))
                .containsExactly(
                        "17850|17850#PURCHASED#O-1#P-1001", "17850|17850#PURCHASED#O-2#P-1001");
    }

    @Test // S0-33
    void lines_of_the_same_millisecond_are_ordered_by_their_making() {
        ViewChange change = apply(alice.add("P-1001", 1, "5", null).add("P-1002", 1, "5", null));

        assertThat(change.puts().stream().map(p -> p.line().order()))
                .containsExactly(
                        "2026-01-02T03:04:05.678000001Z", "2026-01-02T03:04:05.678000002Z");
    }

    @Test
    void what_the_head_has_already_is_skipped() {
        List<RecordedEvent> events =
                alice.add("P-1", 1, "5", null).add("P-2", 1, "5", null).events();

        ViewChange change = CartView.apply(head(1), events);
        ViewChange nothing = CartView.apply(head(2), events);

        assertThat(keys(change.puts())).containsExactly("17850|17850#ACTIVE#P-2");
        assertThat(nothing.isEmpty()).isTrue();
        assertThat(nothing.puts()).isEmpty();
    }

    @Test
    void a_missing_version_stops_the_fold_with_coordinates() {
        List<RecordedEvent> events =
                alice.add("P-1", 1, "5", null).add("P-2", 1, "5", null).events();

        assertThatThrownBy(() -> CartView.apply(head(0), events.subList(1, 2)))
                .isInstanceOf(VersionGapException.class)
                .hasMessage("account 17850: version 1 is due, found 2");
    }

    @Test
    void a_version_that_somebody_goes_on_without_is_not_due() {
        List<RecordedEvent> events =
                alice.add("P-1", 1, "5", null)
                        .add("P-2", 1, "5", null)
                        .add("P-3", 1, "5", null)
                        .events();
        AccountId account = events.getFirst().account();
        Skips skips =
                new Skips(
                        List.of(
                                new Skip(
                                        account,
                                        new Place(0, 7),
                                        Instant.EPOCH,
                                        "bad",
                                        1,
                                        "me",
                                        Instant.EPOCH,
                                        "gone")));

        ViewChange change =
                CartView.apply(head(0), List.of(events.getFirst(), events.getLast()), skips);

        assertThat(change.after().version()).isEqualTo(3);
        assertThatThrownBy(() -> CartView.apply(head(0), events.subList(1, 2), skips))
                .isInstanceOf(VersionGapException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void any_split_into_batches_leaves_the_same_table(long seed) {
        List<RecordedEvent> history = Histories.random("17850", seed, 200);
        Map<Key, Row> expected = TableModel.of(history);
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            TableModel table = new TableModel(history.getFirst().account());
            split(history, random).forEach(table::apply);
            assertThat(table.rows()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void replaying_any_part_of_the_history_changes_nothing(long seed) {
        List<RecordedEvent> history = Histories.random("17850", seed, 100);
        TableModel table = new TableModel(history.getFirst().account());
        table.apply(history);
        for (int from = 0; from < history.size(); from++) {
            assertThat(table.apply(history.subList(from, history.size())).isEmpty()).isTrue();
            assertThat(table.apply(history.subList(0, from)).isEmpty()).isTrue();
        }
        assertThat(table.rows()).isEqualTo(TableModel.of(history));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void no_key_stands_twice_in_a_change(long seed) {
        ViewChange change = CartView.apply(head(0), Histories.random("17850", seed, 200));

        List<Key> all = new ArrayList<>(change.deletes());
        change.puts().forEach(p -> all.add(p.key()));
        change.orders().forEach(o -> all.add(o.key()));
        change.purchased().forEach(p -> all.add(p.key()));
        assertThat(new HashSet<>(all)).hasSameSizeAs(all);
    }

    @Test
    void the_table_holds_what_the_cart_holds() {
        Histories history = new Histories("17850");
        history.add("P-1", 2, "5", null)
                .add("P-2", 1, "7", "TV")
                .saveForLater("P-1")
                .save("P-3", null)
                .add("P-4", 1, "1", null)
                .moveToCart("P-1")
                .remove("P-4");

        Map<Key, Row> rows = TableModel.of(history.events());

        assertThat(skus(rows, ItemStatus.ACTIVE)).isEqualTo(history.active().keySet());
        assertThat(skus(rows, ItemStatus.SAVED)).isEqualTo(history.saved().keySet());
    }

    private static Set<Sku> skus(Map<Key, Row> rows, ItemStatus status) {
        return rows.values().stream()
                .filter(row -> status.name().equals(row.textOrNull("Status")))
                .map(row -> TableLayout.item(row).line().sku())
                .collect(Collectors.toSet());
    }

    private static List<List<RecordedEvent>> split(List<RecordedEvent> history, Random random) {
        List<List<RecordedEvent>> batches = new ArrayList<>();
        for (int from = 0; from < history.size(); ) {
            int to = Math.min(history.size(), from + 1 + random.nextInt(40));
            batches.add(history.subList(from, to));
            from = to;
        }
        return batches;
    }

    private Head head(long version) {
        return new Head(alice.account(), version, 0, false);
    }

    private ViewChange apply(Histories history) {
        return CartView.apply(head(0), history.events());
    }

    private static Key active(String product) {
        return new Key("17850", "17850#ACTIVE#" + product);
    }

    private static List<String> keys(List<?> items) {
        return items.stream()
                .map(i -> i instanceof Item item ? item.key().toString() : i.toString())
                .toList();
    }
}
