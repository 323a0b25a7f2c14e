package io.cartlog.commands.cart;

import static io.cartlog.commands.cart.Given.NEW_ORDER;
import static io.cartlog.commands.cart.Given.NOW;
import static io.cartlog.commands.cart.Given.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.schemas.command.CartCommand.AddItem;
import io.cartlog.schemas.command.CartCommand.CheckOut;
import io.cartlog.schemas.command.CartCommand.MoveToCart;
import io.cartlog.schemas.command.CartCommand.RecordPurchase;
import io.cartlog.schemas.command.CartCommand.RemoveItem;
import io.cartlog.schemas.command.CartCommand.RemoveSavedItem;
import io.cartlog.schemas.command.CartCommand.SaveForLater;
import io.cartlog.schemas.command.CartCommand.SaveItem;
import io.cartlog.schemas.command.CartCommand.SetQuantity;
import io.cartlog.schemas.event.CartEvent;
import io.cartlog.schemas.event.CartEvent.CheckedOut;
import io.cartlog.schemas.event.CartEvent.ItemAdded;
import io.cartlog.schemas.event.CartEvent.ItemMovedToCart;
import io.cartlog.schemas.event.CartEvent.ItemRemoved;
import io.cartlog.schemas.event.CartEvent.ItemSaved;
import io.cartlog.schemas.event.CartEvent.ItemSavedForLater;
import io.cartlog.schemas.event.CartEvent.PurchaseRecorded;
import io.cartlog.schemas.event.CartEvent.QuantitySet;
import io.cartlog.schemas.event.CartEvent.SavedItemRemoved;
import io.cartlog.schemas.reply.CartReply.CartEmpty;
import io.cartlog.schemas.reply.CartReply.ItemNotInCart;
import io.cartlog.schemas.reply.CartReply.ItemNotSaved;
import io.cartlog.schemas.reply.CartReply.PriceUnknown;
import io.cartlog.schemas.reply.CartReply.QuantityAboveLimit;
import io.cartlog.schemas.reply.CartReply.TooManyLines;
import io.cartlog.schemas.value.CartLine;
import io.cartlog.schemas.value.ItemStatus;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.OrderLine;
import io.cartlog.schemas.value.SaleKind;
import io.cartlog.schemas.value.SavedLine;
import io.cartlog.schemas.value.Sku;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CartDeciderTest {
    private static final Instant EARLIER = NOW.minusSeconds(60);
    private static final Sku TV = new Sku("P-1001");
    private static final Sku PHONE = new Sku("P-1002");
    private static final Money PRICE = Money.of("199.99");
    private static final Money NEWER_PRICE = Money.of("149.5");

    @Nested
    class Adding {
        @Test
        void an_added_product_becomes_a_line() { // S0-15
            given().when(new AddItem(TV, 2, PRICE, "TV"))
                    .then(new ItemAdded(new CartLine(TV, 2, PRICE, "TV", NOW, 1), 2));
        }

        @Test
        void adding_a_product_again_sums_and_takes_the_newest_price() { // S0-16
            given(added(TV, 2, 1))
                    .when(new AddItem(TV, 3, NEWER_PRICE, "Television"))
                    .then(new ItemAdded(line(TV, 5, NEWER_PRICE, "Television", 2), 3));
        }

        @Test
        void adding_without_a_category_keeps_the_one_that_is_known() {
            given(added(TV, 2, 1))
                    .when(new AddItem(TV, 1, PRICE, null))
                    .then(new ItemAdded(line(TV, 3, PRICE, "TV", 2), 1));
        }

        @Test
        void ids_that_differ_in_the_prefix_only_are_one_product() { // S0-11
            given(added(TV, 2, 1))
                    .when(new AddItem(new Sku("1001"), 1, PRICE, null))
                    .then(new ItemAdded(line(TV, 3, PRICE, "TV", 2), 1));
        }

        @Test
        void the_product_added_last_stands_last() { // S0-03
            Cart cart =
                    given(added(TV, 1, 1), added(PHONE, 1, 2))
                            .when(new AddItem(TV, 1, PRICE, null))
                            .thenCart();
            assertThat(cart.active()).extracting(CartLine::sku).containsExactly(PHONE, TV);
            assertThat(cart.active()).extracting(CartLine::seq).containsExactly(2L, 3L);
        }

        @ParameterizedTest
        @CsvSource({"9998,9999", "2147483647,2147483647"})
        void more_than_the_limit_is_refused_with_the_numbers(int added, int requested) {
            int shown = added == Integer.MAX_VALUE ? requested : 10_000;
            given(added(TV, 2, 1))
                    .when(new AddItem(TV, added, PRICE, null))
                    .thenRefused(new QuantityAboveLimit(TV, 2, shown, 9_999));
        }

        @Test
        void exactly_the_limit_is_accepted() {
            given(added(TV, 2, 1))
                    .when(new AddItem(TV, 9_997, PRICE, null))
                    .then(new ItemAdded(line(TV, 9_999, PRICE, "TV", 2), 9_997));
        }

        @Test
        void one_product_too_many_is_refused() {
            given(added(TV, 1, 1))
                    .and(new CartLimits(9, 1, 1))
                    .when(new AddItem(PHONE, 1, PRICE, null))
                    .thenRefused(new TooManyLines(ItemStatus.ACTIVE, 1, 1));
        }

        @Test
        void a_full_cart_takes_more_of_what_it_has() {
            given(added(TV, 1, 1))
                    .and(new CartLimits(9, 1, 1))
                    .when(new AddItem(TV, 1, PRICE, null))
                    .then(new ItemAdded(line(TV, 2, PRICE, "TV", 2), 1));
        }

        @ParameterizedTest
        @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
        void a_quantity_below_one_is_no_command(int quantity) {
            given().when(new AddItem(TV, quantity, PRICE, null)).thenMalformed();
        }

        @ParameterizedTest
        @ValueSource(strings = {"-0.01", "1000000.0001"})
        void a_price_out_of_bounds_is_no_command(String price) {
            given().when(new AddItem(TV, 1, Money.of(price), null)).thenMalformed();
        }
    }

    @Nested
    class Changing {
        @Test
        void setting_a_quantity_keeps_place_price_and_time() { // S0-16
            CartEvent.ItemAdded tv = added(TV, 2, 1);
            given(tv, added(PHONE, 1, 2))
                    .when(new SetQuantity(TV, 7))
                    .then(new QuantitySet(tv.line().withQuantity(7), 2));
        }

        @Test
        void a_set_quantity_stays_where_the_line_was() {
            Cart cart =
                    given(added(TV, 2, 1), added(PHONE, 1, 2))
                            .when(new SetQuantity(TV, 7))
                            .thenCart();
            assertThat(cart.active()).extracting(CartLine::sku).containsExactly(TV, PHONE);
            assertThat(cart.nextSeq()).isEqualTo(3);
        }

        @Test
        void what_is_not_in_the_cart_has_no_quantity() {
            given(savedDirectly(TV, 1))
                    .when(new SetQuantity(TV, 7))
                    .thenRefused(new ItemNotInCart(TV));
        }

        @Test
        void a_quantity_above_the_limit_is_refused() {
            given(added(TV, 2, 1))
                    .when(new SetQuantity(TV, 10_000))
                    .thenRefused(new QuantityAboveLimit(TV, 2, 10_000, 9_999));
        }

        @Test
        void a_quantity_of_zero_is_no_command() {
            given(added(TV, 2, 1)).when(new SetQuantity(TV, 0)).thenMalformed();
        }

        @Test
        void a_removed_product_is_told_as_it_was() {
            CartEvent.ItemAdded tv = added(TV, 2, 1);
            given(tv).when(new RemoveItem(TV)).then(new ItemRemoved(tv.line()));
        }

        @Test
        void what_is_not_in_the_cart_cannot_be_removed() {
            given().when(new RemoveItem(TV)).thenRefused(new ItemNotInCart(TV));
        }
    }

    @Nested
    class Saving {
        @Test
        void a_product_saved_for_later_takes_quantity_and_price_along() {
            given(added(TV, 2, 1))
                    .when(new SaveForLater(TV))
                    .then(new ItemSavedForLater(new SavedLine(TV, 2, PRICE, "TV", NOW, 2)));
        }

        @Test
        void it_leaves_the_cart_and_replaces_what_was_saved() {
            Cart cart =
                    given(savedDirectly(TV, 1), savedDirectly(PHONE, 2), added(TV, 2, 3))
                            .when(new SaveForLater(TV))
                            .thenCart();
            assertThat(cart.active()).isEmpty();
            assertThat(cart.saved())
                    .containsExactly(
                            new SavedLine(PHONE, null, null, "Electronics", EARLIER, 2),
                            new SavedLine(TV, 2, PRICE, "TV", NOW, 4));
        }

        @Test
        void what_is_not_in_the_cart_cannot_be_saved_for_later() {
            given(savedDirectly(TV, 1))
                    .when(new SaveForLater(TV))
                    .thenRefused(new ItemNotInCart(TV));
        }

        @Test
        void a_full_saved_list_refuses_another_product() {
            given(savedDirectly(PHONE, 1), added(TV, 2, 2))
                    .and(new CartLimits(9, 9, 1))
                    .when(new SaveForLater(TV))
                    .thenRefused(new TooManyLines(ItemStatus.SAVED, 1, 1));
        }

        @Test
        void a_product_is_saved_without_quantity_and_price() { // S0-24
            given().when(new SaveItem(TV, "TV"))
                    .then(new ItemSaved(new SavedLine(TV, null, null, "TV", NOW, 1)));
        }

        @Test
        void saving_a_saved_product_replaces_it_even_when_the_list_is_full() {
            Cart cart =
                    given(savedDirectly(TV, 1))
                            .and(new CartLimits(9, 9, 1))
                            .when(new SaveItem(TV, null))
                            .thenCart();
            assertThat(cart.saved()).containsExactly(new SavedLine(TV, null, null, null, NOW, 2));
        }

        @Test
        void a_full_saved_list_refuses_to_save_another_product() {
            given(savedDirectly(PHONE, 1))
                    .and(new CartLimits(9, 9, 1))
                    .when(new SaveItem(TV, null))
                    .thenRefused(new TooManyLines(ItemStatus.SAVED, 1, 1));
        }

        @Test
        void a_saved_product_is_removed() {
            CartEvent.ItemSaved tv = savedDirectly(TV, 1);
            given(tv).when(new RemoveSavedItem(TV)).then(new SavedItemRemoved(tv.saved()));
        }

        @Test
        void what_is_not_saved_cannot_be_removed_from_the_list() {
            given(added(TV, 1, 1)).when(new RemoveSavedItem(TV)).thenRefused(new ItemNotSaved(TV));
        }
    }

    @Nested
    class MovingToTheCart {
        private final SavedLine known = new SavedLine(TV, 3, PRICE, "TV", EARLIER, 1);

        @Test
        void a_saved_product_returns_as_it_was_saved() {
            given(new ItemSavedForLater(known))
                    .when(new MoveToCart(TV, null, null))
                    .then(new ItemMovedToCart(line(TV, 3, PRICE, "TV", 2), 3));
        }

        @Test
        void quantity_and_price_given_now_hold() {
            given(new ItemSavedForLater(known))
                    .when(new MoveToCart(TV, 1, NEWER_PRICE))
                    .then(new ItemMovedToCart(line(TV, 1, NEWER_PRICE, "TV", 2), 1));
        }

        @Test
        void a_product_saved_without_a_price_comes_as_one_of_an_unknown_price() {
            given(savedDirectly(TV, 1))
                    .when(new MoveToCart(TV, null, null))
                    .then(new ItemMovedToCart(line(TV, 1, null, "Electronics", 2), 1));
        }

        @Test
        void it_joins_the_line_that_is_there_and_leaves_the_list() {
            Cart cart =
                    given(savedDirectly(TV, 1), added(TV, 2, 2), added(PHONE, 1, 3))
                            .when(new MoveToCart(TV, 4, null))
                            .thenCart();
            assertThat(cart.saved()).isEmpty();
            assertThat(cart.active())
                    .containsExactly(
                            added(PHONE, 1, 3).line(), line(TV, 6, PRICE, "Electronics", 4));
        }

        @Test
        void what_is_not_saved_cannot_be_moved() {
            given(added(TV, 1, 1))
                    .when(new MoveToCart(TV, 1, null))
                    .thenRefused(new ItemNotSaved(TV));
        }

        @Test
        void the_limit_holds_for_the_sum() {
            given(new ItemSavedForLater(known), added(TV, 9_998, 2))
                    .when(new MoveToCart(TV, null, null))
                    .thenRefused(new QuantityAboveLimit(TV, 9_998, 10_001, 9_999));
        }

        @Test
        void a_full_cart_refuses_it() {
            given(savedDirectly(TV, 1), added(PHONE, 1, 2))
                    .and(new CartLimits(9, 1, 9))
                    .when(new MoveToCart(TV, null, null))
                    .thenRefused(new TooManyLines(ItemStatus.ACTIVE, 1, 1));
        }

        @Test
        void a_quantity_of_zero_is_no_command() {
            given(savedDirectly(TV, 1)).when(new MoveToCart(TV, 0, null)).thenMalformed();
        }

        @Test
        void a_negative_price_is_no_command() {
            given(savedDirectly(TV, 1)).when(new MoveToCart(TV, 1, Money.of("-1"))).thenMalformed();
        }
    }

    @Nested
    class CheckingOut {
        @Test
        void the_cart_becomes_one_order() { // S0-18, S0-19, S0-21
            given(
                            priced(TV, 2, "199.99", 1),
                            priced(PHONE, 1, "499.99", 2),
                            priced(new Sku("P-1003"), 1, "699.99", 3))
                    .when(new CheckOut())
                    .then(
                            new CheckedOut(
                                    NEW_ORDER,
                                    List.of(
                                            bought(1, TV, 2, "199.99", 4),
                                            bought(2, PHONE, 1, "499.99", 5),
                                            bought(3, new Sku("P-1003"), 1, "699.99", 6)),
                                    Money.of("1599.96")));
        }

        @Test
        void nothing_is_left_in_the_cart_and_the_saved_list_stays() { // S0-21
            Cart cart =
                    given(savedDirectly(PHONE, 1), added(TV, 2, 2), priced(PHONE, 1, "1", 3))
                            .when(new CheckOut())
                            .thenCart();
            assertThat(cart)
                    .isEqualTo(
                            new Cart(4, 6, 0, List.of(), List.of(savedDirectly(PHONE, 1).saved())));
        }

        @Test
        void lines_stand_in_the_order_in_which_they_were_added() {
            given(
                            priced(TV, 1, "1", 1),
                            priced(PHONE, 1, "2", 2),
                            new ItemAdded(line(TV, 2, Money.of("1"), null, 3), 1))
                    .when(new CheckOut())
                    .then(
                            new CheckedOut(
                                    NEW_ORDER,
                                    List.of(bought(1, PHONE, 1, "2", 4), bought(2, TV, 2, "1", 5)),
                                    Money.of("4")));
        }

        @Test
        void an_empty_cart_cannot_be_checked_out() {
            given(savedDirectly(TV, 1)).when(new CheckOut()).thenRefused(new CartEmpty());
        }

        @Test
        void a_cart_that_was_checked_out_is_empty() {
            given(
                            added(TV, 1, 1),
                            new CheckedOut(
                                    NEW_ORDER, List.of(bought(1, TV, 1, "199.99", 2)), PRICE))
                    .when(new CheckOut())
                    .thenRefused(new CartEmpty());
        }

        @Test
        void products_of_an_unknown_price_are_named() {
            given(added(TV, 1, 1), new ItemMovedToCart(line(PHONE, 1, null, null, 2), 1))
                    .when(new CheckOut())
                    .thenRefused(new PriceUnknown(List.of(PHONE)));
        }

        @Test
        void the_largest_cart_still_has_a_total() {
            CartEvent[] lines =
                    IntStream.rangeClosed(1, 4_000)
                            .mapToObj(i -> priced(new Sku("P-" + i), 24_000, "1000000", i))
                            .toArray(CartEvent[]::new);
            Cart cart =
                    given(lines)
                            .and(new CartLimits(12_000, 2_000, 2_000))
                            .when(new CheckOut())
                            .thenCart();
            assertThat(cart.active()).isEmpty();
            assertThat(cart.nextSeq()).isEqualTo(8_001);
        }
    }

    @Nested
    class RecordingPurchases {
        private final OrderId order = new OrderId("536365");
        private final Sku heart = new Sku("85123A");

        @Test
        void the_first_line_starts_its_order() { // S1-01
            given().when(purchase(6, "2.55", SaleKind.SALE))
                    .then(recorded(1, 1, 6, "2.55", SaleKind.SALE, NOW, 1, "15.30"));
        }

        @Test
        void a_later_line_runs_along() { // S1-06
            given().and(new OrderSoFar(41, Money.of("10.5"), EARLIER, 1))
                    .when(purchase(6, "2.55", SaleKind.SALE))
                    .then(recorded(42, 2, 6, "2.55", SaleKind.SALE, EARLIER, 42, "25.80"));
        }

        @ParameterizedTest
        @CsvSource({
            "-1,4.65,RETURN,-4.65",
            "1,-11062.06,ADJUSTMENT,-11062.06",
            "5,0,SALE,0",
            "-80995,2.08,RETURN,-168469.60",
            "1,0.001,SALE,0.001"
        })
        void any_quantity_but_zero_and_any_price_are_taken(
                int quantity, String price, SaleKind kind, String amount) { // S1-17
            given().when(purchase(quantity, price, kind))
                    .then(recorded(1, 1, quantity, price, kind, NOW, 1, amount));
        }

        @Test
        void the_cart_stays_as_it_is() {
            Cart cart = given(added(TV, 2, 1)).when(purchase(1, "1", SaleKind.SALE)).thenCart();
            assertThat(cart)
                    .isEqualTo(new Cart(2, 3, 0, List.of(added(TV, 2, 1).line()), List.of()));
        }

        @ParameterizedTest
        @CsvSource({"0,1", "1,1000000.01", "1,-1000000.01", "1001,1000000", "-1001,1000000"})
        void a_line_out_of_bounds_is_no_command(int quantity, String price) {
            given().when(purchase(quantity, price, SaleKind.SALE)).thenMalformed();
        }

        @Test
        void an_order_whose_amount_has_no_form_is_no_command() {
            given().and(new OrderSoFar(9, Money.of("99999999999999"), EARLIER, 0))
                    .when(purchase(1, "1", SaleKind.SALE))
                    .thenMalformed();
        }

        private RecordPurchase purchase(int quantity, String price, SaleKind kind) {
            return new RecordPurchase(
                    order,
                    heart,
                    "WHITE HANGING HEART",
                    quantity,
                    Money.of(price),
                    "United Kingdom",
                    kind);
        }

        private PurchaseRecorded recorded(
                int lineNo,
                int occurrence,
                int quantity,
                String price,
                SaleKind kind,
                Instant since,
                int lines,
                String amount) {
            OrderLine line =
                    new OrderLine(
                            lineNo,
                            occurrence,
                            heart,
                            "WHITE HANGING HEART",
                            null,
                            quantity,
                            Money.of(price),
                            1);
            return new PurchaseRecorded(
                    order, line, kind, "United Kingdom", since, lines, Money.of(amount));
        }
    }

    @ParameterizedTest
    @CsvSource({"0,1,1", "30001,1,1", "1,0,1", "1,3001,1", "1,1,0", "1,1,3001"})
    void limits_out_of_their_bounds_are_refused(int quantity, int cartLines, int savedLines) {
        assertThatThrownBy(() -> new CartLimits(quantity, cartLines, savedLines))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cartlog.limits.");
    }

    private static ItemAdded added(Sku sku, int quantity, long seq) {
        return new ItemAdded(new CartLine(sku, quantity, PRICE, "TV", EARLIER, seq), quantity);
    }

    private static ItemAdded priced(Sku sku, int quantity, String price, long seq) {
        return new ItemAdded(
                new CartLine(sku, quantity, Money.of(price), null, EARLIER, seq), quantity);
    }

    private static ItemSaved savedDirectly(Sku sku, long seq) {
        return new ItemSaved(new SavedLine(sku, null, null, "Electronics", EARLIER, seq));
    }

    private static CartLine line(
            Sku sku, int quantity, @Nullable Money price, @Nullable String category, long seq) {
        return new CartLine(sku, quantity, price, category, NOW, seq);
    }

    private static OrderLine bought(int lineNo, Sku sku, int quantity, String price, long seq) {
        return new OrderLine(lineNo, 1, sku, null, null, quantity, Money.of(price), seq);
    }
}
