package io.cartlog.cli.bench;

import io.cartlog.schemas.command.CartCommand;
import io.cartlog.schemas.command.CartCommand.Action;
import io.cartlog.schemas.command.CartCommand.AddItem;
import io.cartlog.schemas.command.CartCommand.Batch;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.Sku;
import java.util.stream.LongStream;

/// A cart of so many lines for one account after the other, each in one command.
record WholeCarts(int lines) implements DeciderLoad.Commands {
    @Override
    public AccountId account(long number) {
        return new AccountId("memory-" + number);
    }

    @Override
    public CartCommand command(long number) {
        return new Batch(
                LongStream.range(number, number + lines).<Action>mapToObj(this::add).toList());
    }

    private AddItem add(long product) {
        return new AddItem(new Sku("P-" + (1_000 + product % 1_000)), 1, Money.of("9.99"), "TV");
    }
}
