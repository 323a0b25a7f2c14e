package io.cartlog.commands.cart;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.commands.cart.Decision.Accepted;
import io.cartlog.commands.cart.Decision.Asked;
import io.cartlog.commands.cart.Decision.Malformed;
import io.cartlog.commands.cart.Decision.Refused;
import io.cartlog.schemas.command.CartCommand;
import io.cartlog.schemas.command.CartCommand.AddItem;
import io.cartlog.schemas.command.CartCommand.MergeCart;
import io.cartlog.schemas.command.CartCommand.Receive;
import io.cartlog.schemas.command.CartCommand.RemoveItem;
import io.cartlog.schemas.command.CartCommand.TakeBack;
import io.cartlog.schemas.command.CartCommand.UndoLast;
import io.cartlog.schemas.event.CartEvent;
import io.cartlog.schemas.event.CartEvent.ItemAdded;
import io.cartlog.schemas.event.CartEvent.ItemRemoved;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CartLine;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.schemas.value.MergePolicy;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.Sku;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random shoppers and guests who merge and undo while messages between accounts are under way for
/// any time, in any order but that of one account to another. Nothing is ever lost or doubled.
class MergeStormTest {
    private static final int STEPS = 4_000;
    private static final CartLimits LIMITS = new CartLimits(40, 5, 5);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<AccountId> GUESTS = accounts("guest-a", "guest-b", "guest-c");
    private static final List<AccountId> CUSTOMERS = accounts("17850", "17851", "17852");

    private final Map<AccountId, Cart> carts = new HashMap<>();
    private final Map<AccountId, Undo> undos = new HashMap<>();
    private final Map<AccountId, List<CartEvent>> history = new HashMap<>();
    private final Map<String, Deque<FollowUp>> underWay = new LinkedHashMap<>();
    private final Map<String, Integer> put = new TreeMap<>();
    private int merged;
    private int refused;
    private int undone;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void no_quantity_is_lost_or_doubled(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < STEPS; i++) {
            step(random, i);
            assertThat(quantities()).as("seed %d, step %d", seed, i).isEqualTo(put);
        }
        while (!underWay.isEmpty()) {
            deliver(random, STEPS);
        }
        assertThat(quantities()).isEqualTo(put);
        assertThat(List.of(merged, refused, undone)).allMatch(count -> count > 10);
        history.forEach((account, events) ->
                assertThat(folded(events)).as(account.value()).isEqualTo(carts.get(account)));
    }

    private void step(Random random, int step) {
        if (random.nextInt(3) == 0 && !underWay.isEmpty()) {
            deliver(random, step);
            return;
        }
        AccountId customer = any(random, CUSTOMERS);
        AccountId guest = any(random, GUESTS);
        Sku sku = new Sku("P-" + random.nextInt(7));
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> decide(guest, null, add(random, sku), step);
            case 4 -> decide(customer, null, add(random, sku), step);
            case 5 ->
                    decide(
                            random.nextBoolean() ? guest : customer,
                            null,
                            new RemoveItem(sku),
                            step);
            case 6 -> decide(customer, null, new UndoLast(), step);
            case 7 ->
                    decide(
                            customer,
                            cart(customer).version(),
                            new MergeCart(guest, MergePolicy.SUM),
                            step);
            default -> decide(customer, null, new MergeCart(guest, MergePolicy.SUM), step);
        }
    }

    private static CartCommand add(Random random, Sku sku) {
        return new AddItem(sku, 1 + random.nextInt(6), Money.of("1"), null);
    }

    private void deliver(Random random, int step) {
        String way = any(random, List.copyOf(underWay.keySet()));
        Deque<FollowUp> messages = underWay.getOrDefault(way, new ArrayDeque<>());
        FollowUp next = messages.removeFirst();
        if (messages.isEmpty()) {
            underWay.remove(way);
        }
        decide(next.to(), next.expectedVersion(), next.message(), step);
    }

    private void decide(AccountId account, @Nullable Long expected, CartCommand command, int step) {
        Cart before = cart(account);
        DecisionContext context =
                new DecisionContext(
                        account,
                        new CommandId("k" + step),
                        step,
                        expected,
                        START.plusMillis(step),
                        new OrderId("O-1"),
                        OrderSoFar.NONE,
                        command instanceof UndoLast && before.isUndoable()
                                ? undos.get(account)
                                : null);
        switch (new CartDecider(LIMITS).decide(before, command, context)) {
            case Accepted accepted -> {
                happen(account, before, accepted.events());
                if (accepted.undo() != null) {
                    merged++;
                    undos.put(account, accepted.undo());
                }
                undone += command instanceof UndoLast ? 1 : 0;
                accepted.followUps().forEach(f -> send(account, f));
            }
            case Asked(FollowUp question) -> send(account, question);
            case Refused now -> {
                refused += command instanceof Receive ? 1 : 0;
                now.followUps().forEach(f -> send(account, f));
            }
            case Malformed malformed -> throw new AssertionError(malformed.reason());
        }
    }

    private void happen(AccountId account, Cart before, List<CartEvent> events) {
        Cart cart = before;
        for (CartEvent event : events) {
            cart = CartDecider.evolve(cart, event);
            history.computeIfAbsent(account, _ -> new ArrayList<>()).add(event);
            switch (event) {
                case ItemAdded e -> count(e.line().sku(), e.added());
                case ItemRemoved e -> count(e.line().sku(), -e.line().quantity());
                default -> {}
            }
        }
        carts.put(account, cart);
    }

    private void count(Sku sku, int change) {
        put.merge(sku.key(), change, MergeStormTest::sumOrGone);
    }

    private static @Nullable Integer sumOrGone(int a, int b) {
        return a + b == 0 ? null : a + b;
    }

    private void send(AccountId from, FollowUp followUp) {
        underWay.computeIfAbsent(from + " " + followUp.to(), _ -> new ArrayDeque<>()).add(followUp);
    }

    /// In all carts and under way between them.
    private Map<String, Integer> quantities() {
        Map<String, Integer> sums = new TreeMap<>();
        carts.values().forEach(cart -> add(sums, cart.active()));
        for (Deque<FollowUp> messages : underWay.values()) {
            for (FollowUp followUp : messages) {
                switch (followUp.message()) {
                    case Receive m -> add(sums, m.lines());
                    case TakeBack m -> add(sums, m.lines());
                    case CartCommand.HandOver _, CartCommand.CannotHandOver _ -> {}
                }
            }
        }
        return sums;
    }

    private static void add(Map<String, Integer> sums, List<CartLine> lines) {
        lines.forEach(line -> sums.merge(line.sku().key(), line.quantity(), Integer::sum));
    }

    private static Cart folded(List<CartEvent> events) {
        Cart cart = Cart.EMPTY;
        for (CartEvent event : events) {
            cart = CartDecider.evolve(cart, event);
        }
        return cart;
    }

    private Cart cart(AccountId account) {
        return carts.getOrDefault(account, Cart.EMPTY);
    }

    private static <T> T any(Random random, List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static List<AccountId> accounts(String... names) {
        return Arrays.stream(names).map(AccountId::new).toList();
    }
}
