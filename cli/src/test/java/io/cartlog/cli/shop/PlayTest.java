package io.cartlog.cli.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cartlog.schemas.command.CartCommand.AddItem;
import io.cartlog.schemas.value.ItemStatus;
import io.cartlog.schemas.value.Money;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

// S0-31
class PlayTest {
    @ParameterizedTest
    @CsvSource({"1,1", "1,7", "3,2", "200,5000", "64,65", "2,9999"})
    void exactly_as_many_commands_as_asked_for(int accounts, long commands) {
        assertThat(play(1, accounts, commands)).hasSize((int) commands);
    }

    @Test
    void the_same_seed_makes_the_same_commands_with_the_same_keys() {
        assertThat(play(7, 50, 2_000)).isEqualTo(play(7, 50, 2_000));
        assertThat(play(7, 50, 2_000)).isNotEqualTo(play(8, 50, 2_000));
    }

    @Test
    void no_two_commands_share_a_key_within_a_play_or_between_plays() {
        Set<String> keys = new HashSet<>();
        List.of(play(1, 50, 500), play(1, 50, 501), play(1, 51, 500), play(2, 50, 500))
                .forEach(play -> play.forEach(step -> keys.add(step.key().value())));

        assertThat(keys).hasSize(500 + 501 + 500 + 500);
    }

    @Test
    void accounts_have_eight_digits_and_all_of_them_come() {
        Set<String> accounts = new HashSet<>();
        play(1, 300, 3_000).forEach(step -> accounts.add(step.account().value()));

        assertThat(accounts).hasSize(300).allMatch(account -> account.matches("[1-9]\\d{7}"));
    }

    @Test
    void products_prices_and_categories_are_those_of_the_shop() {
        Set<String> categories = new HashSet<>();
        for (AddItem add : adds()) {
            assertThat(add.sku().value()).matches("P-[1-9]\\d{3}");
            assertThat(add.unitPrice()).isBetween(Money.of("1.00"), Money.of("3500.00"));
            categories.add(String.valueOf(add.category()));
        }

        assertThat(categories).containsExactlyInAnyOrderElementsOf(Catalogue.CATEGORIES);
    }

    @Test
    void most_buy_one_and_few_buy_five() {
        List<AddItem> adds = adds();
        Map<Integer, Integer> byQuantity = new HashMap<>();
        adds.forEach(add -> byQuantity.merge(add.quantity(), 1, Integer::sum));

        assertThat(byQuantity).containsOnlyKeys(1, 2, 3, 4, 5);
        assertThat(byQuantity.getOrDefault(1, 0) / (double) adds.size())
                .isCloseTo(0.50, within(0.02));
        assertThat(byQuantity.getOrDefault(2, 0) / (double) adds.size())
                .isCloseTo(0.25, within(0.02));
        assertThat(byQuantity.getOrDefault(5, 0) / (double) adds.size())
                .isCloseTo(0.05, within(0.01));
    }

    @Test
    void of_the_products_kept_one_in_five_is_active_one_saved_and_three_are_bought() {
        Map<ItemStatus, Integer> outcome = new HashMap<>();
        carts(play(1, 1_000, 30_000))
                .values()
                .forEach(cart -> {
                    outcome.merge(ItemStatus.ACTIVE, cart.active.size(), Integer::sum);
                    outcome.merge(ItemStatus.SAVED, cart.saved.size(), Integer::sum);
                    outcome.merge(ItemStatus.PURCHASED, cart.bought, Integer::sum);
                });
        double all = outcome.values().stream().mapToInt(Integer::intValue).sum();

        assertThat(outcome.getOrDefault(ItemStatus.ACTIVE, 0) / all).isCloseTo(0.2, within(0.02));
        assertThat(outcome.getOrDefault(ItemStatus.SAVED, 0) / all).isCloseTo(0.2, within(0.02));
        assertThat(outcome.getOrDefault(ItemStatus.PURCHASED, 0) / all)
                .isCloseTo(0.6, within(0.02));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "5,5", "7,20", "100,3000", "2,9999"})
    void no_command_is_refused(int accounts, long commands) {
        // Carts.apply throws where the decider would refuse.
        assertThat(carts(play(3, accounts, commands))).isNotEmpty();
    }

    @Test
    void more_commands_than_an_account_can_have_are_refused() {
        assertThatThrownBy(() -> new Play(1, 2, 10_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too many");
    }

    private static List<AddItem> adds() {
        List<AddItem> adds = new ArrayList<>();
        for (Step step : play(1, 1_000, 30_000)) {
            if (step.command() instanceof AddItem add) {
                adds.add(add);
            }
        }
        return adds;
    }

    private static List<Step> play(long seed, int accounts, long commands) {
        List<Step> steps = new ArrayList<>();
        new Play(seed, accounts, commands).forEachRemaining(steps::add);
        return steps;
    }

    private static Map<String, PlayedCart> carts(List<Step> steps) {
        Map<String, PlayedCart> carts = new HashMap<>();
        for (Step step : steps) {
            carts.computeIfAbsent(step.account().value(), _ -> new PlayedCart())
                    .apply(step.command());
        }
        return carts;
    }
}
