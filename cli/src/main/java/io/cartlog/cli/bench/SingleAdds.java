package io.cartlog.cli.bench;

import io.cartlog.schemas.command.CartCommand;
import io.cartlog.schemas.command.CartCommand.AddItem;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.Sku;
import java.util.concurrent.ThreadLocalRandom;

/// One item at a time, for accounts that are drawn from so many.
record SingleAdds(int accounts) implements DeciderLoad.Commands {
    @Override
    public AccountId account(long number) {
        return new AccountId("bench-" + ThreadLocalRandom.current().nextInt(accounts));
    }

    @Override
    public CartCommand command(long number) {
        return new AddItem(new Sku("P-" + (1_000 + number % 8)), 1, Money.of("9.99"), "TV");
    }
}
