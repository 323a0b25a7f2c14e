package io.cartlog.cli.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.schemas.click.Click;
import io.cartlog.schemas.click.ClickAction;
import io.cartlog.schemas.command.CartCommand.AddItem;
import io.cartlog.schemas.command.CartCommand.CheckOut;
import io.cartlog.schemas.command.CartCommand.MoveToCart;
import io.cartlog.schemas.command.CartCommand.RemoveItem;
import io.cartlog.schemas.value.CommandId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VisitsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    private final List<Step> steps = new ArrayList<>();
    private final List<Click> clicks = clicks(steps);

    @Test
    void the_same_play_clicks_the_same_with_ids_of_its_own() {
        assertThat(clicks).isEqualTo(clicks(new ArrayList<>()));
        assertThat(clicks).extracting(Click::id).doesNotHaveDuplicates();
    }

    @Test
    void what_changes_a_cart_is_clicked_and_the_click_names_it() {
        assertThat(commandsOf(ClickAction.CART))
                .containsExactlyElementsOf(
                        steps.stream()
                                .filter(it ->
                                        it.command() instanceof AddItem
                                                || it.command() instanceof MoveToCart)
                                .map(it -> it.key().value())
                                .toList());
        assertThat(commandsOf(ClickAction.REMOVE_FROM_CART))
                .containsExactlyElementsOf(
                        steps.stream()
                                .filter(it -> it.command() instanceof RemoveItem)
                                .map(it -> it.key().value())
                                .toList());
        assertThat(commandsOf(ClickAction.VIEW)).isEmpty();
    }

    @Test
    void a_checkout_buys_what_lies_in_the_cart_and_ends_the_visit() {
        Map<String, List<Click>> bought =
                clicks.stream()
                        .filter(it -> it.action() == ClickAction.PURCHASE)
                        .collect(
                                Collectors.groupingBy(
                                        it -> Objects.requireNonNull(it.command()).value()));

        assertThat(bought.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        steps.stream()
                                .filter(it -> it.command() instanceof CheckOut)
                                .map(it -> it.key().value())
                                .toList());
        assertThat(bought.values())
                .allSatisfy(order -> {
                    assertThat(order).extracting(Click::sku).doesNotHaveDuplicates();
                    assertThat(order).extracting(Click::session).containsOnly(sessionOf(order));
                });
        assertThat(bought.values().stream().map(VisitsTest::sessionOf)).doesNotHaveDuplicates();
    }

    private static String sessionOf(List<Click> order) {
        return String.valueOf(order.getFirst().session());
    }

    private List<String> commandsOf(ClickAction action) {
        return clicks.stream()
                .filter(it -> it.action() == action)
                .flatMap(it -> Stream.ofNullable(it.command()).map(CommandId::value))
                .toList();
    }

    private static List<Click> clicks(List<Step> steps) {
        List<Click> clicks = new ArrayList<>();
        Visits visits = new Visits();
        new Play(1, 20, 600)
                .forEachRemaining(step -> {
                    steps.add(step);
                    clicks.addAll(visits.clicks(step, NOW));
                });
        return clicks;
    }
}
