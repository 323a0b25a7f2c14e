package io.cartlog.benchmarks;

import io.cartlog.commands.cart.Cart;
import io.cartlog.commands.cart.CartDecider;
import io.cartlog.commands.cart.CartLimits;
import io.cartlog.commands.cart.Decision;
import io.cartlog.commands.cart.DecisionContext;
import io.cartlog.commands.cart.OrderSoFar;
import io.cartlog.schemas.command.CartCommand;
import io.cartlog.schemas.command.CartCommand.AddItem;
import io.cartlog.schemas.command.CartCommand.CheckOut;
import io.cartlog.schemas.event.CartEvent;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.Sku;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The rules alone: decide and evolve on a cart of some lines.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DeciderBenchmark {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    @Param({"1", "5", "50", "1000"})
    public int lines;

    private final CartDecider decider = new CartDecider(CartLimits.DEFAULT);
    private final DecisionContext context =
            new DecisionContext(
                    new AccountId("10000042"),
                    new CommandId("bench"),
                    42,
                    null,
                    NOON,
                    new OrderId("O-01ARZ3NDEKTSV4RRFFQ69G5FAV"),
                    OrderSoFar.NONE,
                    null);
    private final CheckOut checkOut = new CheckOut();
    private Cart cart = Cart.EMPTY;
    private CartCommand again = addition(0);

    @Setup
    public void fill() {
        cart = Cart.EMPTY;
        for (int i = 0; i < lines; i++) {
            cart = after(cart, addition(i));
        }
        again = addition(lines / 2);
    }

    private static AddItem addition(int number) {
        return new AddItem(new Sku("P-" + (1_000 + number)), 1, Money.of("199.99"), "TV");
    }

    private Cart after(Cart before, CartCommand command) {
        if (!(decider.decide(before, command, context) instanceof Decision.Accepted accepted)) {
            throw new IllegalStateException("the rules have changed: " + command);
        }
        Cart after = before;
        for (CartEvent event : accepted.events()) {
            after = CartDecider.evolve(after, event);
        }
        return after;
    }

    @Benchmark
    public Cart addWhatIsThere() {
        return after(cart, again);
    }

    @Benchmark
    public Decision checkOut() {
        return decider.decide(cart, checkOut, context);
    }
}
