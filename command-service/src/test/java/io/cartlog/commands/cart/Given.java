package io.cartlog.commands.cart;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.commands.cart.Decision.Accepted;
import io.cartlog.commands.cart.Decision.Asked;
import io.cartlog.commands.cart.Decision.Malformed;
import io.cartlog.commands.cart.Decision.Refused;
import io.cartlog.schemas.command.CartCommand;
import io.cartlog.schemas.event.CartEvent;
import io.cartlog.schemas.reply.CartReply.Refusal;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.schemas.value.OrderId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `given(events).when(command).then(events)`.
final class Given {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    static final OrderId NEW_ORDER = new OrderId("O-00000000000000000000000001");

    static final AccountId ACCOUNT = new AccountId("17850");
    static final CommandId ID = new CommandId("key-1");
    static final long FINGERPRINT = -3;

    private final Cart cart;
    private CartLimits limits = CartLimits.DEFAULT;
    private AccountId account = ACCOUNT;
    private OrderSoFar order = OrderSoFar.NONE;
    private @Nullable Long expectedVersion;
    private @Nullable Undo undo;

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

    Given and(Undo rememberedUndo) {
        undo = rememberedUndo;
        return this;
    }

    Given of(AccountId owner) {
        account = owner;
        return this;
    }

    Given expecting(long version) {
        expectedVersion = version;
        return this;
    }

    Outcome when(CartCommand command) {
        DecisionContext context =
                new DecisionContext(
                        account, ID, FINGERPRINT, expectedVersion, NOW, NEW_ORDER, order, undo);
        return new Outcome(cart, new CartDecider(limits).decide(cart, command, context));
    }

    record Outcome(Cart before, Decision decision) {
        void then(CartEvent... events) {
            thenEvents(events);
            assertThat(((Accepted) decision).followUps()).isEmpty();
        }

        /// These events, whatever else comes of it.
        Outcome thenEvents(CartEvent... events) {
            assertThat(decision).isInstanceOf(Accepted.class);
            assertThat(((Accepted) decision).events()).containsExactly(events);
            return this;
        }

        void thenSays(FollowUp... followUps) {
            List<FollowUp> said =
                    switch (decision) {
                        case Accepted accepted -> accepted.followUps();
                        case Asked asked -> List.of(asked.question());
                        case Refused refused -> refused.followUps();
                        case Malformed _ -> List.of();
                    };
            assertThat(said).containsExactly(followUps);
        }

        Outcome thenRefused(Refusal refusal) {
            assertThat(decision).isInstanceOf(Refused.class);
            assertThat(((Refused) decision).refusal()).isEqualTo(refusal);
            return this;
        }

        @Nullable Undo undo() {
            return ((Accepted) decision).undo();
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
