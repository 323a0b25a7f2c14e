package io.cartlog.cli.bench;

import io.cartlog.schemas.command.CartCommand;
import io.cartlog.schemas.command.CartCommand.AddItem;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.Sku;

/// Carts of 50 lines, one account after the other, each line added so many times: as many events
/// become one item of a view that is built anew.
///
/// @param run a name that no other run has
record FoldingAdds(String run, int perItem) implements DeciderLoad.Commands {
    private static final int LINES = 50;

    @Override
    public AccountId account(long number) {
        return new AccountId("fold-%s-%d".formatted(run, (number - 1) / perItem / LINES));
    }

    @Override
    public CartCommand command(long number) {
        long line = (number - 1) / perItem % LINES;
        return new AddItem(new Sku("P-" + (1_000 + line)), 1, Money.of("9.99"), "TV");
    }
}
