package io.cartlog.cli.shop;

import io.cartlog.schemas.command.CartCommand;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CommandId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// What all shoppers do, interleaved: some tens of them are in the shop at a time.
///
/// Keys name the play and the step, so the same play again is the same commands again.
public final class Play implements Iterator<Step> {
    /// Most commands of one account: more would need more products than the shop has.
    public static final int MOST_COMMANDS_PER_ACCOUNT = 5_000;

    private static final int AT_A_TIME = 64;
    private static final int FIRST_ACCOUNT = 10_000_000;
    private static final int ACCOUNTS = 90_000_000;

    private final String name;
    private final int accounts;
    private final long commands;
    private final SplittableRandom random;
    private final Set<Integer> known = new HashSet<>();
    private final List<Visitor> present = new ArrayList<>();
    private int entered;
    private long number;

    /// @throws IllegalArgumentException if there are no accounts or commands, or too many commands
    ///   for the accounts
    public Play(long seed, int accounts, long commands) {
        if (accounts < 1 || commands < 1) {
            throw new IllegalArgumentException("at least one account and one command are needed");
        }
        if (commands / accounts >= MOST_COMMANDS_PER_ACCOUNT) {
            throw new IllegalArgumentException(
                    "%,d commands are too many for %,d accounts: fewer than %,d for each, please"
                            .formatted(commands, accounts, MOST_COMMANDS_PER_ACCOUNT));
        }
        this.name = "generated-%d-%d-%d".formatted(seed, accounts, commands);
        this.accounts = accounts;
        this.commands = commands;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public boolean hasNext() {
        return number < commands;
    }

    @Override
    public Step next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        letIn();
        int chosen = random.nextInt(present.size());
        Visitor visitor = present.get(chosen);
        CartCommand command = visitor.commands.next();
        if (!visitor.commands.hasNext()) {
            present.remove(chosen);
        }
        number++;
        return new Step(number, visitor.account, new CommandId(name + "-" + number), command);
    }

    private void letIn() {
        while (present.size() < AT_A_TIME && entered < Math.min(accounts, commands)) {
            RandomGenerator own = random.split();
            present.add(
                    new Visitor(newAccount(own), Shopper.life(own, budget(entered)).iterator()));
            entered++;
        }
    }

    private int budget(int index) {
        return (int) (commands / accounts + (index < commands % accounts ? 1 : 0));
    }

    private AccountId newAccount(RandomGenerator own) {
        int account = FIRST_ACCOUNT + own.nextInt(ACCOUNTS);
        while (!known.add(account)) {
            account = FIRST_ACCOUNT + own.nextInt(ACCOUNTS);
        }
        return new AccountId(Integer.toString(account));
    }

    private record Visitor(AccountId account, Iterator<CartCommand> commands) {}
}
