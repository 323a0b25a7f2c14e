package io.cartlog.commands.cart;

import static io.cartlog.commands.cart.Given.ACCOUNT;
import static io.cartlog.commands.cart.Given.FINGERPRINT;
import static io.cartlog.commands.cart.Given.ID;
import static io.cartlog.commands.cart.Given.NOW;
import static io.cartlog.commands.cart.Given.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.cartlog.commands.cart.Undo.Lines;
import io.cartlog.schemas.command.CartCommand.Action;
import io.cartlog.schemas.command.CartCommand.AddItem;
import io.cartlog.schemas.command.CartCommand.Batch;
import io.cartlog.schemas.command.CartCommand.CannotHandOver;
import io.cartlog.schemas.command.CartCommand.CheckOut;
import io.cartlog.schemas.command.CartCommand.ClearCart;
import io.cartlog.schemas.command.CartCommand.HandOver;
import io.cartlog.schemas.command.CartCommand.LookUp;
import io.cartlog.schemas.command.CartCommand.MergeCart;
import io.cartlog.schemas.command.CartCommand.Receive;
import io.cartlog.schemas.command.CartCommand.RemoveItem;
import io.cartlog.schemas.command.CartCommand.SetQuantity;
import io.cartlog.schemas.command.CartCommand.TakeBack;
import io.cartlog.schemas.command.CartCommand.UndoLast;
import io.cartlog.schemas.event.CartEvent;
import io.cartlog.schemas.event.CartEvent.CartCleared;
import io.cartlog.schemas.event.CartEvent.CartExpired;
import io.cartlog.schemas.event.CartEvent.CartHandedOver;
import io.cartlog.schemas.event.CartEvent.CartMerged;
import io.cartlog.schemas.event.CartEvent.CartReturned;
import io.cartlog.schemas.event.CartEvent.ClearUndone;
import io.cartlog.schemas.event.CartEvent.ItemAdded;
import io.cartlog.schemas.event.CartEvent.ItemSaved;
import io.cartlog.schemas.event.CartEvent.MergeUndone;
import io.cartlog.schemas.event.CartEvent.QuantitySet;
import io.cartlog.schemas.reply.CartReply.ActionRefused;
import io.cartlog.schemas.reply.CartReply.ItemNotInCart;
import io.cartlog.schemas.reply.CartReply.NothingToUndo;
import io.cartlog.schemas.reply.CartReply.QuantityAboveLimit;
import io.cartlog.schemas.reply.CartReply.TooManyLines;
import io.cartlog.schemas.reply.CartReply.VersionConflict;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CartLine;
import io.cartlog.schemas.value.ItemStatus;
import io.cartlog.schemas.value.MergePolicy;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.SavedLine;
import io.cartlog.schemas.value.Sku;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What concerns carts as a whole: versions, clearing, batches, merging, undoing, expiring.
class CartMergeTest {
    private static final AccountId GUEST = new AccountId("guest-1");
    private static final Instant EARLIER = NOW.minusSeconds(60);
    private static final Instant LATER = NOW.minusSeconds(30);
    private static final Sku TV = new Sku("P-1001");
    private static final Sku PHONE = new Sku("P-1002");
    private static final Money PRICE = Money.of("199.99");
    private static final Money NEWER = Money.of("149.50");

    @Nested
    class Expecting {
        @Test
        void a_command_at_the_expected_version_is_decided() {
            given(added(TV, 2, 1))
                    .expecting(1)
                    .when(new SetQuantity(TV, 3))
                    .then(new QuantitySet(line(TV, 3, 1), 2));
        }

        @ParameterizedTest
        @CsvSource({"0", "2"})
        void another_version_is_refused_with_version_and_cart(long expected) {
            given(added(TV, 2, 1))
                    .expecting(expected)
                    .when(new CheckOut())
                    .thenRefused(new VersionConflict(expected, 1, List.of(line(TV, 2, 1))));
        }

        @Test
        void a_conflict_comes_before_any_other_refusal() {
            given().expecting(7)
                    .when(new RemoveItem(TV))
                    .thenRefused(new VersionConflict(7, 0, List.of()));
        }
    }

    @Nested
    class Clearing {
        @Test
        void a_cleared_cart_is_empty_and_the_saved_list_stays() {
            Given cart = given(added(TV, 2, 1), saved(PHONE, 2));
            cart.when(new ClearCart()).then(new CartCleared(List.of(line(TV, 2, 1))));
            Cart after = cart.when(new ClearCart()).thenCart();
            assertThat(after.active()).isEmpty();
            assertThat(after.saved()).hasSize(1);
            assertThat(after.isUndoable()).isTrue();
        }

        @Test
        void an_empty_cart_stays_empty() {
            given(saved(PHONE, 1)).when(new ClearCart()).then();
        }

        @Test
        void undoing_a_clear_brings_the_lines_back_as_they_were() {
            Given before = given(added(TV, 2, 1), added(PHONE, 1, 2));
            Given.Outcome cleared = before.when(new ClearCart());
            Given after =
                    given(
                            added(TV, 2, 1),
                            added(PHONE, 1, 2),
                            new CartCleared(List.of(line(TV, 2, 1), line(PHONE, 1, 2))));
            after.and(Objects.requireNonNull(cleared.undo()))
                    .when(new UndoLast())
                    .then(new ClearUndone(List.of(line(TV, 2, 1), line(PHONE, 1, 2))));
        }

        @Test
        void what_was_undone_cannot_be_undone_again() {
            given(
                            added(TV, 2, 1),
                            new CartCleared(List.of(line(TV, 2, 1))),
                            new ClearUndone(List.of(line(TV, 2, 1))))
                    .when(new UndoLast())
                    .thenRefused(new NothingToUndo(3, 2));
        }

        @Test
        void without_a_merge_or_clear_there_is_nothing_to_undo() {
            given().when(new UndoLast()).thenRefused(new NothingToUndo(0, 0));
            given(added(TV, 1, 1)).when(new UndoLast()).thenRefused(new NothingToUndo(1, 0));
        }

        @Test
        void after_anything_else_it_is_too_late_to_undo() {
            given(added(TV, 1, 1), new CartCleared(List.of(line(TV, 1, 1))), added(TV, 1, 2))
                    .when(new UndoLast())
                    .thenRefused(new NothingToUndo(3, 2));
        }
    }

    @Nested
    class Batches {
        @Test
        void all_actions_happen_one_after_the_other() {
            given(added(TV, 2, 1))
                    .when(
                            new Batch(
                                    List.of(
                                            new ClearCart(),
                                            new AddItem(TV, 1, PRICE, null),
                                            new SetQuantity(TV, 5))))
                    .then(
                            new CartCleared(List.of(line(TV, 2, 1))),
                            new ItemAdded(new CartLine(TV, 1, PRICE, null, NOW, 2), 1),
                            new QuantitySet(new CartLine(TV, 5, PRICE, null, NOW, 2), 1));
        }

        @Test
        void one_that_is_refused_refuses_all_and_is_named() {
            AddItem add = new AddItem(TV, 1, PRICE, null);
            given().when(new Batch(List.of(add, add, new RemoveItem(PHONE), add)))
                    .thenRefused(new ActionRefused(2, new ItemNotInCart(PHONE)));
        }

        @Test
        void the_limits_count_what_the_batch_has_added_before() {
            AddItem add = new AddItem(TV, 6_000, PRICE, null);
            given().when(new Batch(List.of(add, add)))
                    .thenRefused(
                            new ActionRefused(1, new QuantityAboveLimit(TV, 6_000, 12_000, 9_999)));
        }

        @Test
        void the_version_is_compared_once_for_all() {
            AddItem add = new AddItem(TV, 1, PRICE, null);
            assertThat(
                            given(added(TV, 1, 1))
                                    .expecting(1)
                                    .when(new Batch(List.of(add, add)))
                                    .thenCart()
                                    .version())
                    .isEqualTo(3);
        }

        @Test
        void a_batch_that_ends_with_a_clear_can_be_undone() {
            Given.Outcome outcome =
                    given().when(
                                    new Batch(
                                            List.of(
                                                    new AddItem(TV, 1, PRICE, null),
                                                    new ClearCart())));
            assertThat(outcome.undo())
                    .isEqualTo(new Undo.OfClear(List.of(new CartLine(TV, 1, PRICE, null, NOW, 1))));
            assertThat(
                            given().when(
                                            new Batch(
                                                    List.of(
                                                            new ClearCart(),
                                                            new AddItem(TV, 1, PRICE, null))))
                                    .undo())
                    .isNull();
        }

        @Test
        void a_batch_has_1_to_100_actions() {
            given().when(new Batch(List.of())).thenMalformed();
            given().when(
                            new Batch(
                                    IntStream.range(0, 101)
                                            .<Action>mapToObj(_ -> new ClearCart())
                                            .toList()))
                    .thenMalformed();
        }
    }

    @Nested
    class Merges {
        @Test
        void an_account_asks_the_guest_first() {
            given(added(TV, 2, 1))
                    .expecting(1)
                    .when(new MergeCart(GUEST, MergePolicy.SUM))
                    .thenSays(
                            new FollowUp(
                                    GUEST,
                                    null,
                                    new HandOver(ID, FINGERPRINT, ACCOUNT, MergePolicy.SUM, 1L)));
        }

        @Test
        void a_guest_does_not_merge_and_only_guests_are_merged() {
            given().of(GUEST)
                    .when(new MergeCart(new AccountId("guest-2"), MergePolicy.SUM))
                    .thenMalformed();
            given().when(new MergeCart(new AccountId("17851"), MergePolicy.SUM)).thenMalformed();
        }

        @Test
        void a_guest_hands_over_all_he_has() {
            Given guest = given(added(TV, 2, 1), saved(PHONE, 2)).of(GUEST);
            guest.when(handOver(4L))
                    .thenEvents(
                            new CartHandedOver(
                                    ACCOUNT, List.of(line(TV, 2, 1)), List.of(savedLine(PHONE, 2))))
                    .thenSays(
                            new FollowUp(
                                    ACCOUNT,
                                    4L,
                                    receive(
                                            MergePolicy.SUM,
                                            List.of(line(TV, 2, 1)),
                                            List.of(savedLine(PHONE, 2)))));
            assertThat(guest.when(handOver(4L)).thenCart().isEmpty()).isTrue();
        }

        @Test
        void a_guest_without_lines_says_so() {
            given().of(GUEST)
                    .when(handOver(4L))
                    .thenEvents()
                    .thenSays(
                            new FollowUp(
                                    ACCOUNT, 4L, receive(MergePolicy.SUM, List.of(), List.of())));
        }

        @Test
        void a_guest_with_more_than_anybody_may_have_keeps_it() {
            given(added(TV, 1, 1), added(PHONE, 1, 2))
                    .of(GUEST)
                    .and(new CartLimits(9, 1, 1))
                    .when(handOver(null))
                    .thenEvents()
                    .thenSays(
                            new FollowUp(
                                    ACCOUNT,
                                    null,
                                    new CannotHandOver(
                                            ID, FINGERPRINT, GUEST, ItemStatus.ACTIVE, 2)));
            given().and(new CartLimits(9, 1, 1))
                    .when(new CannotHandOver(ID, FINGERPRINT, GUEST, ItemStatus.ACTIVE, 2))
                    .thenRefused(new TooManyLines(ItemStatus.ACTIVE, 2, 1));
        }

        @Test
        void merging_nothing_changes_nothing_whatever_was_expected() {
            given(added(TV, 1, 1))
                    .expecting(7)
                    .when(receive(MergePolicy.SUM, List.of(), List.of()))
                    .then();
        }

        @ParameterizedTest
        @CsvSource({"SUM,5,149.50", "MAX,3,149.50", "REPLACE,3,149.50"})
        void a_product_that_both_have_is_one_line(MergePolicy policy, int quantity, String price) {
            given(added(TV, 2, 1))
                    .when(receive(policy, List.of(guestLine(TV, 3)), List.of()))
                    .then(
                            new CartMerged(
                                    GUEST,
                                    policy,
                                    List.of(
                                            new CartLine(
                                                    TV, quantity, Money.of(price), "TV", NOW, 2)),
                                    List.of()));
        }

        @Test
        void keep_and_a_larger_quantity_leave_the_accounts_line_alone() {
            given(added(TV, 2, 1))
                    .when(receive(MergePolicy.KEEP, List.of(guestLine(TV, 3)), List.of()))
                    .then(new CartMerged(GUEST, MergePolicy.KEEP, List.of(), List.of()));
            given(added(TV, 3, 1))
                    .when(receive(MergePolicy.MAX, List.of(guestLine(TV, 3)), List.of()))
                    .then(new CartMerged(GUEST, MergePolicy.MAX, List.of(), List.of()));
        }

        @ParameterizedTest
        @EnumSource
        void products_that_only_the_guest_has_come_last_in_his_order(MergePolicy policy) {
            Cart cart =
                    given(added(TV, 2, 1))
                            .when(
                                    receive(
                                            policy,
                                            List.of(
                                                    guestLine(new Sku("B"), 1),
                                                    guestLine(new Sku("A"), 2)),
                                            List.of(savedLine(PHONE, 9))))
                            .thenCart();
            assertThat(cart.active())
                    .extracting(l -> l.sku().value(), CartLine::seq, CartLine::quantity)
                    .containsExactly(tuple("P-1001", 1L, 2), tuple("B", 2L, 1), tuple("A", 3L, 2));
            assertThat(cart.saved()).extracting(SavedLine::sku).containsExactly(PHONE);
            assertThat(cart.isUndoable()).isTrue();
        }

        @Test
        void the_price_of_the_line_that_was_added_last_holds() {
            CartLine older = new CartLine(TV, 1, NEWER, null, EARLIER.minusSeconds(9), 5);
            assertThat(
                            given(added(TV, 2, 1))
                                    .when(receive(MergePolicy.SUM, List.of(older), List.of()))
                                    .thenCart()
                                    .active())
                    .extracting(CartLine::unitPrice)
                    .containsExactly(PRICE);
        }

        @Test
        void what_is_saved_already_stays_unless_the_guests_replaces_it() {
            SavedLine guests = new SavedLine(PHONE, 4, PRICE, "Phones", LATER, 9);
            given(saved(PHONE, 1))
                    .when(receive(MergePolicy.SUM, List.of(), List.of(guests)))
                    .then(new CartMerged(GUEST, MergePolicy.SUM, List.of(), List.of()));
            given(saved(PHONE, 1))
                    .when(receive(MergePolicy.REPLACE, List.of(), List.of(guests)))
                    .then(
                            new CartMerged(
                                    GUEST,
                                    MergePolicy.REPLACE,
                                    List.of(),
                                    List.of(new SavedLine(PHONE, 4, PRICE, "Phones", NOW, 2))));
        }

        @Test
        void what_does_not_fit_goes_back_whole() {
            List<CartLine> lines = List.of(guestLine(PHONE, 1), guestLine(TV, 9_998));
            TakeBack back = new TakeBack(ACCOUNT, lines, List.of());
            given(added(TV, 2, 1))
                    .when(receive(MergePolicy.SUM, lines, List.of()))
                    .thenRefused(new QuantityAboveLimit(TV, 2, 10_000, 9_999))
                    .thenSays(new FollowUp(GUEST, null, back));
        }

        @Test
        void one_line_too_many_goes_back_too() {
            given(added(TV, 2, 1))
                    .and(new CartLimits(9, 1, 1))
                    .when(receive(MergePolicy.SUM, List.of(guestLine(PHONE, 1)), List.of()))
                    .thenRefused(new TooManyLines(ItemStatus.ACTIVE, 2, 1));
            given(saved(TV, 1))
                    .and(new CartLimits(9, 1, 1))
                    .when(receive(MergePolicy.SUM, List.of(), List.of(savedLine(PHONE, 1))))
                    .thenRefused(new TooManyLines(ItemStatus.SAVED, 2, 1));
        }

        @Test
        void an_account_that_has_moved_on_gives_the_lines_back() {
            List<CartLine> lines = List.of(guestLine(PHONE, 1));
            given(added(TV, 2, 1))
                    .expecting(0)
                    .when(receive(MergePolicy.SUM, lines, List.of()))
                    .thenRefused(new VersionConflict(0, 1, List.of(line(TV, 2, 1))))
                    .thenSays(new FollowUp(GUEST, null, new TakeBack(ACCOUNT, lines, List.of())));
        }

        @Test
        void many_lines_are_cut_into_events_that_a_view_can_write() {
            List<CartLine> lines = lines(1_000);
            Given.Outcome outcome =
                    given(added(TV, 1, 1)).when(receive(MergePolicy.SUM, lines, List.of()));
            List<CartEvent> events = ((Decision.Accepted) outcome.decision()).events();
            assertThat(events)
                    .hasSize(12)
                    .allMatch(e -> ((CartMerged) e).lines().size() <= Portions.MOST);
            assertThat(outcome.thenCart().active()).hasSize(1_001);
        }
    }

    @Nested
    class ComingBack {
        @Test
        void lines_come_back_as_they_were() {
            given().of(GUEST)
                    .when(
                            new TakeBack(
                                    ACCOUNT,
                                    List.of(guestLine(TV, 3)),
                                    List.of(savedLine(PHONE, 2))))
                    .then(
                            new CartReturned(
                                    ACCOUNT,
                                    List.of(guestLine(TV, 3)),
                                    List.of(savedLine(PHONE, 2))));
        }

        @Test
        void they_join_what_has_been_added_since_even_above_the_limit() {
            given(added(TV, 9_000, 8))
                    .of(GUEST)
                    .when(new TakeBack(ACCOUNT, List.of(guestLine(TV, 9_000)), List.of()))
                    .then(
                            new CartReturned(
                                    ACCOUNT,
                                    List.of(new CartLine(TV, 18_000, NEWER, "TV", LATER, 9)),
                                    List.of()));
        }

        @Test
        void more_than_a_record_can_hold_is_put_aside() {
            given(added(TV, 20_000, 8))
                    .of(GUEST)
                    .when(new TakeBack(ACCOUNT, List.of(guestLine(TV, 9_000)), List.of()))
                    .thenMalformed();
        }
    }

    @Nested
    class UndoingAMerge {
        private final Given before = given(added(TV, 2, 1), saved(PHONE, 2));
        private final List<CartLine> lines = List.of(guestLine(TV, 3), guestLine(new Sku("A"), 1));
        private final List<SavedLine> savedLines = List.of(savedLine(new Sku("B"), 7));

        @Test
        void the_earlier_cart_is_back_and_the_guest_has_his_lines_again() {
            Given.Outcome merged = before.when(receive(MergePolicy.SUM, lines, savedLines));
            CartEvent event = ((Decision.Accepted) merged.decision()).events().getFirst();
            Given.Outcome undone =
                    given(added(TV, 2, 1), saved(PHONE, 2), event)
                            .and(Objects.requireNonNull(merged.undo()))
                            .when(new UndoLast());
            undone.thenEvents(
                            new MergeUndone(
                                    GUEST,
                                    List.of(line(TV, 2, 1)),
                                    List.of(),
                                    List.of(new CartLine(new Sku("A"), 1, NEWER, null, NOW, 4)),
                                    List.of(new SavedLine(new Sku("B"), null, null, null, NOW, 5))))
                    .thenSays(new FollowUp(GUEST, null, new TakeBack(ACCOUNT, lines, savedLines)));
            Cart cart = undone.thenCart();
            assertThat(cart.active()).isEqualTo(merged.before().active());
            assertThat(cart.saved()).isEqualTo(merged.before().saved());
            assertThat(cart.isUndoable()).isFalse();
        }

        @Test
        void a_large_one_too() {
            Given.Outcome merged = before.when(receive(MergePolicy.SUM, lines(1_000), List.of()));
            List<CartEvent> history = new ArrayList<>(List.of(added(TV, 2, 1), saved(PHONE, 2)));
            history.addAll(((Decision.Accepted) merged.decision()).events());
            Given.Outcome undone =
                    given(history.toArray(CartEvent[]::new))
                            .and(Objects.requireNonNull(merged.undo()))
                            .when(new UndoLast());
            assertThat(((Decision.Accepted) undone.decision()).events()).hasSize(12);
            assertThat(undone.thenCart().active()).isEqualTo(merged.before().active());
        }
    }

    @Nested
    class Expiring {
        @Test
        void everything_is_gone_and_named() {
            Cart cart = CartDecider.evolve(Cart.EMPTY, added(TV, 2, 1));
            Cart both = CartDecider.evolve(cart, saved(PHONE, 2));
            List<CartEvent> events = CartDecider.expire(both);
            assertThat(events)
                    .containsExactly(
                            new CartExpired(List.of(line(TV, 2, 1)), List.of(savedLine(PHONE, 2))));
            assertThat(CartDecider.evolve(both, events.getFirst()).isEmpty()).isTrue();
        }

        @Test
        void a_large_saved_list_goes_in_portions_and_the_cart_at_once() {
            Cart cart = Cart.EMPTY;
            for (int i = 0; i < 150; i++) {
                cart = CartDecider.evolve(cart, added(new Sku("A" + i), 1, 2 * i + 1));
                cart = CartDecider.evolve(cart, saved(new Sku("A" + i), 2 * i + 2));
            }
            List<CartEvent> events = CartDecider.expire(cart);
            assertThat(events)
                    .extracting(
                            e -> ((CartExpired) e).lines().size(),
                            e -> ((CartExpired) e).saved().size())
                    .containsExactly(tuple(150, 0), tuple(0, 90), tuple(0, 60));
            for (CartEvent event : events) {
                cart = CartDecider.evolve(cart, event);
            }
            assertThat(cart.isEmpty()).isTrue();
        }
    }

    @Test
    void a_look_up_decides_nothing() {
        given().when(new LookUp(ID)).thenMalformed();
    }

    @Test
    void lines_know_how_many_they_are() {
        assertThat(new Lines(lines(3), List.of(savedLine(TV, 1))).size()).isEqualTo(4);
    }

    private static List<CartLine> lines(int count) {
        return IntStream.range(0, count).mapToObj(i -> guestLine(new Sku("G" + i), 1)).toList();
    }

    private static HandOver handOver(@Nullable Long expected) {
        return new HandOver(ID, FINGERPRINT, ACCOUNT, MergePolicy.SUM, expected);
    }

    private static Receive receive(
            MergePolicy policy, List<CartLine> lines, List<SavedLine> saved) {
        return new Receive(ID, FINGERPRINT, GUEST, policy, lines, saved);
    }

    private static ItemAdded added(Sku sku, int quantity, long seq) {
        return new ItemAdded(line(sku, quantity, seq), quantity);
    }

    private static CartLine line(Sku sku, int quantity, long seq) {
        return new CartLine(sku, quantity, PRICE, "TV", EARLIER, seq);
    }

    private static CartLine guestLine(Sku sku, int quantity) {
        return new CartLine(sku, quantity, NEWER, null, LATER, 3);
    }

    private static ItemSaved saved(Sku sku, long seq) {
        return new ItemSaved(savedLine(sku, seq));
    }

    private static SavedLine savedLine(Sku sku, long seq) {
        return new SavedLine(sku, null, null, null, EARLIER, seq);
    }
}
