package io.cartlog.commands.cart;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.commands.cart.Decision.Accepted;
import io.cartlog.commands.cart.Decision.Malformed;
import io.cartlog.commands.cart.Decision.Refused;
import io.cartlog.schemas.command.CartCommand;
import io.cartlog.schemas.event.CartEvent;
import io.cartlog.schemas.reply.CartReply.Refusal;
import io.cartlog.schemas.value.OrderId;
import java.time.Instant;
import java.util.List;

/// `given(events).when(command).then(events)`.
final class Given {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    static final OrderId NEW_ORDER = new OrderId("O-00000000000000000000000001");

    private final Cart cart;
    private CartLimits limits = CartLimits.DEFAULT;
    private OrderSoFar order = OrderSoFar.NONE;

    private Given(Cart cart) {
        this.cart = cart;
    }

    static Given given(CartEvent... events) {
        Cart cart = Cart.EMPTY;
        for (CartEvent event : events) {
            cart = CartDecider.evolve(cart, event);
        }
        return new Given(cart);
    }

    Given and(CartLimits otherLimits) {
        limits = otherLimits;
        return this;
    }

    Given and(OrderSoFar soFar) {
        order = soFar;
        return this;
    }

    Outcome when(CartCommand command) {
        DecisionContext context = new DecisionContext(NOW, NEW_ORDER, order);
        return new Outcome(cart, new CartDecider(limits).decide(cart, command, context));
    }

    record Outcome(Cart before, Decision decision) {
        void then(CartEvent... events) {
            assertThat(decision).isEqualTo(new Accepted(List.of(events)));
        }

        void thenRefused(Refusal refusal) {
            assertThat(decision).isEqualTo(new Refused(refusal));
        }

        void thenMalformed() {
            assertThat(decision).isInstanceOf(Malformed.class);
        }

        Cart thenCart() {
            assertThat(decision).isInstanceOf(Accepted.class);
            Cart cart = before;
            for (CartEvent event : ((Accepted) decision).events()) {
                cart = CartDecider.evolve(cart, event);
            }
            return cart;
        }
    }
}
