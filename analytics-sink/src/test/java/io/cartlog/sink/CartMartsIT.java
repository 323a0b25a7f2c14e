package io.cartlog.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Views on what happens to carts, on histories short enough to be told by heart.
@ExtendWith(Stack.class)
class CartMartsIT {
    private static final String T1 = "2026-01-05T10:00:00Z";
    private static final String T2 = "2026-01-05T10:05:00Z";
    private static final String T3 = "2026-01-05T11:00:00Z";
    private static final String T4 = "2026-01-06T10:00:00Z";

    private static List<String> stays(MartRows shop, String account) throws SQLException {
        return shop.of(
                """
                select list, product_id, stay_no, quantity, changes, outcome, order_id,
                    minutes_to_purchase
                from marts.item_stays where account_id = '%s' order by list, product_key, stay_no
                """
                        .formatted(account));
    }

    @Test
    void a_product_that_is_added_twice_and_checked_out_stayed_once(World world)
            throws SQLException {
        MartRows shop =
                MartRows.in(world)
                        .event("ann", 1, "ItemAdded", T1, "P-1", 1, "TV")
                        .event("ann", 2, "ItemAdded", T2, "1", 3, "TV")
                        .event("ann", 3, "QuantitySet", T2, "P-1", 2, "TV")
                        .checkedOut("ann", 4, T3, "P-1");
        assertThat(stays(shop, "ann")).containsExactly("CART P-1 1 2 3 CHECKED_OUT O-ann4 60");
    }

    @Test
    void saving_moving_and_removing_are_stays_in_two_lists(World world) throws SQLException {
        MartRows shop =
                MartRows.in(world)
                        .event("ann", 1, "ItemAdded", T1, "A")
                        .event("ann", 2, "ItemSavedForLater", T2, "A")
                        .event("ann", 3, "ItemMovedToCart", T3, "A")
                        .event("ann", 4, "ItemRemoved", T4, "A")
                        .event("ann", 5, "ItemSaved", T4, "B")
                        .event("ann", 6, "SavedItemRemoved", T4, "B")
                        .event("ann", 7, "ItemSaved", T4, "B");
        assertThat(stays(shop, "ann"))
                .containsExactly(
                        "CART A 1 1 1 SAVED - -",
                        "CART A 2 1 1 REMOVED - -",
                        "SAVED A 1 1 1 MOVED_TO_CART - -",
                        "SAVED B 1 1 1 REMOVED - -",
                        "SAVED B 2 1 1 OPEN - -");
        assertThat(
                        shop.of(
                                """
                                select product_id, times_in_cart, times_saved,
                                    first_added_at at time zone 'UTC',
                                    first_saved_at at time zone 'UTC',
                                    last_moved_at at time zone 'UTC',
                                    last_removed_at at time zone 'UTC', is_in_cart, is_saved
                                from marts.cart_items order by product_key
                                """))
                .containsExactly(
                        "A 2 1 2026-01-05 10:00:00.0 2026-01-05 10:05:00.0 2026-01-05 11:00:00.0"
                                + " 2026-01-06 10:00:00.0 0 0",
                        "B 0 2 - 2026-01-06 10:00:00.0 - 2026-01-06 10:00:00.0 0 1");
    }

    @Test
    void a_clear_ends_all_stays_of_the_cart_and_none_of_the_saved_list(World world)
            throws SQLException {
        MartRows shop =
                MartRows.in(world)
                        .event("ann", 1, "ItemAdded", T1, "A")
                        .event("ann", 2, "ItemAdded", T1, "B")
                        .event("ann", 3, "ItemSaved", T1, "C")
                        .whole("ann", 4, "CartCleared", T2)
                        .event("ann", 5, "ItemAdded", T3, "A");
        assertThat(stays(shop, "ann"))
                .containsExactly(
                        "CART A 1 1 1 CLEARED - -",
                        "CART A 2 1 1 OPEN - -",
                        "CART B 1 1 1 CLEARED - -",
                        "SAVED C 1 1 1 OPEN - -");
    }

    @Test
    void a_clear_that_was_undone_ended_nothing(World world) throws SQLException {
        MartRows shop =
                MartRows.in(world)
                        .event("ann", 1, "ItemAdded", T1, "A")
                        .whole("ann", 2, "CartCleared", T2)
                        .whole("ann", 3, "ClearUndone", T2)
                        .event("ann", 4, "ItemAdded", T3, "A", 2, "TV");
        assertThat(stays(shop, "ann")).containsExactly("CART A 1 2 2 OPEN - -");
    }

    @Test
    void a_guest_takes_his_cart_along_or_gets_it_back_or_lets_it_expire(World world)
            throws SQLException {
        MartRows shop =
                MartRows.in(world)
                        .event("guest-1", 1, "ItemAdded", T1, "A")
                        .event("guest-1", 2, "ItemSaved", T1, "B")
                        .whole("guest-1", 3, "CartHandedOver", T2)
                        .whole("ann", 1, "CartMerged", T2)
                        .event("guest-2", 1, "ItemAdded", T1, "A")
                        .whole("guest-2", 2, "CartHandedOver", T2)
                        .whole("guest-2", 3, "CartReturned", T2)
                        .event("guest-3", 1, "ItemAdded", T1, "A")
                        .whole("guest-3", 2, "CartExpired", T4);
        assertThat(stays(shop, "guest-1"))
                .containsExactly("CART A 1 1 1 HANDED_OVER - -", "SAVED B 1 1 1 HANDED_OVER - -");
        assertThat(stays(shop, "guest-2")).containsExactly("CART A 1 1 1 OPEN - -");
        assertThat(stays(shop, "guest-3")).containsExactly("CART A 1 1 1 EXPIRED - -");
        assertThat(stays(shop, "ann")).isEmpty();
        assertThat(abandoned(shop)).containsExactly("guest-2 A", "guest-3 A");
    }

    /// What came by a merge has no stay; its end is not mistaken for the end of an older one.
    @Test
    void a_product_removed_after_a_merge_ends_no_older_stay(World world) throws SQLException {
        MartRows shop =
                MartRows.in(world)
                        .event("ann", 1, "ItemAdded", T1, "A")
                        .checkedOut("ann", 2, T2, "A")
                        .whole("ann", 3, "CartMerged", T3)
                        .event("ann", 4, "ItemRemoved", T4, "A");
        assertThat(stays(shop, "ann")).containsExactly("CART A 1 1 1 CHECKED_OUT O-ann2 5");
    }

    private static List<String> abandoned(MartRows shop) throws SQLException {
        return shop.of("select account_id, product_id from marts.abandoned_by_user order by 1, 2");
    }

    // S2-10
    @Test
    void who_buys_at_the_till_or_later_has_not_abandoned(World world) throws SQLException {
        MartRows shop =
                MartRows.in(world)
                        .event("ann", 1, "ItemAdded", T1, "A")
                        .event("ann", 2, "ItemRemoved", T2, "A")
                        .sold("1", "ann", 3, T3, "P-A")
                        .sold("2", "bob", 1, T1, "A")
                        .event("bob", 2, "ItemAdded", T2, "A")
                        .event("cat", 1, "ItemAdded", T1, "A")
                        .checkedOut("cat", 2, T2, "A")
                        .event("cat", 3, "ItemAdded", T3, "A")
                        .event("dan", 1, "ItemAdded", T1, "A")
                        .whole("dan", 2, "CartCleared", T2)
                        .event("eve", 1, "ItemSaved", T1, "A");
        assertThat(abandoned(shop)).containsExactly("bob A", "dan A");
    }

    @Test
    void saved_and_never_bought(World world) throws SQLException {
        MartRows shop =
                MartRows.in(world)
                        .event("ann", 1, "ItemSaved", T1, "A")
                        .event("ann", 2, "ItemSaved", T1, "B")
                        .event("ann", 3, "ItemMovedToCart", T2, "B")
                        .checkedOut("ann", 4, T3, "B")
                        .event("bob", 1, "ItemSaved", T1, "A")
                        .event("bob", 2, "SavedItemRemoved", T1, "A")
                        .event("cat", 1, "ItemAdded", T1, "A");
        assertThat(
                        shop.of(
                                """
                                select account_id, product_id, is_saved
                                from marts.saved_never_bought order by 1
                                """))
                .containsExactly("ann A 1", "bob A 0");
    }

    @Test
    void the_time_from_cart_to_purchase_by_category(World world) throws SQLException {
        MartRows shop =
                MartRows.in(world)
                        .event("ann", 1, "ItemAdded", T1, "A", 1, "TV")
                        .event("ann", 2, "ItemAdded", T2, "B", 1, "TV")
                        .checkedOut("ann", 3, T3, "A", "B")
                        .event("bob", 1, "ItemAdded", T1, "C", 1, "Toys")
                        .event("cat", 1, "ItemAdded", T2, "D", 1, null)
                        .sold("1", "cat", 2, T3, "D");
        assertThat(
                        shop.of(
                                """
                                select level, category, added, bought, bought_share,
                                    average_minutes, median_minutes
                                from marts.cart_to_purchase order by level, category
                                """))
                .containsExactly(
                        "all - 4 3 0.75 56.67 55",
                        "category TV 2 2 1 57.5 57.5",
                        "category Toys 1 0 0 - -",
                        "category - 1 1 1 55 55");
    }

    @Test
    void an_empty_warehouse_has_an_answer_too(World world) throws SQLException {
        assertThat(MartRows.in(world).of("select * from marts.cart_to_purchase"))
                .containsExactly("all - 0 0 - - -");
    }

    // S0-23
    @Test
    void accounts_that_hold_a_product_by_status(World world) throws SQLException {
        MartRows shop =
                MartRows.in(world)
                        .event("ann", 1, "ItemAdded", T1, "A", 2, "TV")
                        .event("bob", 1, "ItemAdded", T1, "P-A", 3, "TV")
                        .event("bob", 2, "ItemSaved", T1, "B")
                        .event("cat", 1, "ItemAdded", T1, "A")
                        .checkedOut("cat", 2, T2, "A")
                        .sold("1", "cat", 3, T3, "P-A")
                        .line("C1", "dan", "A", -1, "10", T3);
        assertThat(
                        shop.of(
                                """
                                select product_key, status, accounts, quantity
                                from marts.product_holders order by 1, 2
                                """))
                .containsExactly("A ACTIVE 2 5", "A PURCHASED 1 2", "B SAVED 1 1");
    }

    // S2-10, S3-06
    @Test
    void half_an_hour_of_silence_ends_a_visit_without_clicks(World world) throws SQLException {
        MartRows shop =
                MartRows.in(world)
                        .event("ann", 1, "ItemAdded", "2026-01-05T10:00:00Z", "A")
                        .event("ann", 2, "ItemAdded", "2026-01-05T10:30:00Z", "B")
                        .checkedOut("ann", 3, "2026-01-05T10:45:00Z", "A")
                        .event("ann", 4, "ItemAdded", "2026-01-05T11:15:01Z", "C")
                        .sold("1", "ann", 5, "2026-01-05T11:16:00Z", "C");
        assertThat(
                        shop.of(
                                """
                                select session_id, actions, carts, purchases, seconds, amount
                                from marts.sessions order by 1
                                """))
                .containsExactly(
                        "ann/20260105100000 3 2 1 2700 10", "ann/20260105111501 1 1 0 0 0");
        assertThat(
                        shop.of(
                                """
                                select session_id, product_id from marts.abandoned_by_session
                                order by 1
                                """))
                .as("a till is no part of a visit")
                .containsExactly("ann/20260105100000 B", "ann/20260105111501 C");
    }

    @Test
    void what_a_click_reports_is_counted_once(World world) throws SQLException {
        MartRows shop =
                MartRows.in(world)
                        .click("ann", "s-1", "view", T1, "A", "acme")
                        .click("ann", "s-1", "cart", T2, "A", "acme", 1)
                        .event("ann", 1, "ItemAdded", T2, "A")
                        .click("ann", "s-1", "purchase", T3, "A", "acme", 2)
                        .sold("1", "ann", 2, T3, "A")
                        .event("bob", 1, "ItemAdded", T4, "A");
        assertThat(
                        shop.of(
                                """
                                select source, action, session_id from marts.activity
                                order by happened_at
                                """))
                .containsExactly(
                        "click view s-1",
                        "click cart s-1",
                        "click purchase s-1",
                        "event cart bob/20260106100000");
    }

    // S2-09
    @Test
    void a_visitor_is_counted_once_a_day_and_not_at_the_till(World world) throws SQLException {
        MartRows shop =
                MartRows.in(world)
                        .click("ann", "s-1", "view", T1, "A", "acme")
                        .click("ann", "s-2", "view", T3, "A", "acme")
                        .event("bob", 1, "ItemAdded", T1, "A")
                        .checkedOut("bob", 2, T2, "A")
                        .sold("1", "cat", 1, T1, "A")
                        .click("ann", "s-3", "view", "2026-01-05T23:59:59Z", "A", "acme")
                        .click("ann", "s-3", "view", T4, "A", "acme");
        assertThat(
                        shop.of(
                                """
                                select day, visitors, actions, buyers
                                from marts.unique_visitors_per_day order by 1
                                """))
                .containsExactly("2026-01-05 2 5 1", "2026-01-06 1 1 0");
    }

    // S2-12
    @Test
    void a_brand_that_is_seen_much_and_bought_little_needs_marketing(World world)
            throws SQLException {
        MartRows shop = MartRows.in(world);
        for (int i = 0; i < 10; i++) {
            shop.click("ann", "s", "view", T1, "A", "seen")
                    .click("bob", "s", "view", T1, "B", "liked");
        }
        shop.click("ann", "s", "view", T1, "C", "rare")
                .click("ann", "s", "cart", T1, "B", "liked")
                .click("ann", "s", "purchase", T1, "B", "liked")
                .click("bob", "s", "purchase", T1, "B", "liked");
        assertThat(
                        shop.of(
                                """
                                select brand, views, carts, purchases, amount, visitors,
                                    conversion, needs_marketing
                                from marts.brands order by brand
                                """))
                .containsExactly(
                        "liked 10 1 2 20 2 0.2 false",
                        "rare 1 0 0 0 1 0 false",
                        "seen 10 0 0 0 1 0 true");
    }

    // S2-11
    @Test
    void categories_by_hour_and_weekday(World world) throws SQLException {
        MartRows shop =
                MartRows.in(world)
                        .click("ann", "s", "view", "2026-01-04T23:59:59Z", "A", "acme")
                        .event("bob", 1, "ItemAdded", T1, "B", 1, "Toys")
                        .sold("1", "cat", 1, T1, "A");
        assertThat(
                        shop.of(
                                """
                                select hour, category, events, views, carts, purchases
                                from marts.categories_by_hour order by 1, 2
                                """))
                .containsExactly("10 TV 1 0 0 1", "10 Toys 1 0 1 0", "23 TV 1 1 0 0");
        assertThat(
                        shop.of(
                                """
                                select iso_weekday, category, events
                                from marts.categories_by_weekday order by 1, 2
                                """))
                .containsExactly("1 TV 1", "1 Toys 1", "7 TV 1");
    }
}
