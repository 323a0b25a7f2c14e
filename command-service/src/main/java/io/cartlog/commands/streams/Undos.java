package io.cartlog.commands.streams;

import io.cartlog.commands.cart.Undo;
import io.cartlog.commands.cart.Undo.Lines;
import io.cartlog.schemas.value.AccountId;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// How to undo the last merge or clear of each account, as long as it is the last that happened.
///
/// What a guest gave stands beside the rest, under `account 0`: together they might be too much for
/// one record.
final class Undos {
    private static final byte CLEAR = 0;
    private static final byte MERGE = 1;

    private final Table table;

    Undos(KeyValueStore<byte[], byte[]> store) {
        this.table = new Table(Table.Name.UNDOS, store);
    }

    void put(AccountId account, Undo undo) {
        switch (undo) {
            case Undo.OfClear clear -> {
                StateWriter out = CartState.writer(clear.lines().size()).put(CLEAR);
                table.put(key(account), CartState.write(out, clear.lines()).toBytes());
                table.delete(givenKey(account));
            }
            case Undo.OfMerge merge -> {
                StateWriter out = CartState.writer(16).put(MERGE).text(merge.guest().value());
                write(write(out, merge.before()), merge.brought());
                table.put(key(account), out.toBytes());
                table.put(givenKey(account), write(CartState.writer(16), merge.given()).toBytes());
            }
        }
    }

    private static StateWriter write(StateWriter out, Lines lines) {
        return CartState.writeSaved(CartState.write(out, lines.active()), lines.saved());
    }

    @Nullable Undo of(AccountId account) {
        byte[] bytes = table.get(key(account));
        if (bytes == null) {
            return null;
        }
        StateReader in = new StateReader(bytes, CartState.FORMAT);
        if (in.get() == CLEAR) {
            return new Undo.OfClear(CartState.activeLines(in));
        }
        AccountId guest = new AccountId(in.text());
        StateReader given =
                new StateReader(
                        Objects.requireNonNull(table.get(givenKey(account))), CartState.FORMAT);
        return new Undo.OfMerge(guest, lines(in), lines(in), lines(given));
    }

    private static Lines lines(StateReader in) {
        return new Lines(CartState.activeLines(in), CartState.savedLines(in));
    }

    void forget(AccountId account) {
        table.delete(key(account));
        table.delete(givenKey(account));
    }

    private static byte[] key(AccountId account) {
        return account.value().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] givenKey(AccountId account) {
        return (account.value() + '\0').getBytes(StandardCharsets.UTF_8);
    }
}
