package io.cartlog.projection.view;

import io.cartlog.schemas.value.AccountId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which accounts are parked and what was skipped, as this process knows it: looked up every now
/// and then, and changed here first where this process changes it. Reading costs nothing.
///
/// Only the one who reads a partition for a version parks its accounts there and releases them.
public final class Parking {
    /// Of more than these in a version something else is wrong than a record here and there: it is
    /// better to stop than to leave them all behind one by one.
    public static final int MOST = 1_000;

    private record Spot(int version, AccountId account) {
        static Spot of(Parked parked) {
            return new Spot(parked.version(), parked.account());
        }
    }

    private final ParkingRegister register;
    private volatile Map<Spot, Parked> parked = Map.of();
    private volatile Skips skips = Skips.NONE;

    public Parking(ParkingRegister register) {
        this.register = register;
    }

    /// Looks again. Who finds that an account may go on, finds what was skipped for it, too.
    public synchronized void look() throws InterruptedException {
        Set<Parked> found = register.parked();
        skips = new Skips(register.skips());
        parked = found.stream().collect(Collectors.toUnmodifiableMap(Spot::of, p -> p));
    }

    public Skips skips() {
        return skips;
    }

    public Collection<Parked> all() {
        return parked.values();
    }

    public List<Parked> all(int version) {
        return parked.values().stream().filter(p -> p.version() == version).toList();
    }

    public @Nullable Parked of(int version, AccountId account) {
        return parked.isEmpty() ? null : parked.get(new Spot(version, account));
    }

    /// @throws IllegalStateException if too many are parked already
    public synchronized void park(Parked account) throws InterruptedException {
        if (of(account.version(), account.account()) == null
                && all(account.version()).size() >= MOST) {
            throw new IllegalStateException(
                    "%d accounts are parked already, and now %s: %s"
                            .formatted(MOST, account.at(), account.reason()));
        }
        register.park(account);
        put(account);
    }

    /// @return false if the account is not parked as it was before
    public synchronized boolean replace(Parked before, Parked after) throws InterruptedException {
        boolean replaced = register.replace(before, after);
        if (replaced) {
            put(after);
        }
        return replaced;
    }

    private void put(Parked account) {
        Map<Spot, Parked> all = new HashMap<>(parked);
        all.put(Spot.of(account), account);
        parked = Map.copyOf(all);
    }

    /// If it is parked otherwise by now, it stays so.
    public synchronized void release(Parked account) throws InterruptedException {
        if (register.release(account)) {
            Map<Spot, Parked> all = new HashMap<>(parked);
            all.remove(Spot.of(account));
            parked = Map.copyOf(all);
        } else {
            look();
        }
    }

    public synchronized void skip(Skip skip) throws InterruptedException {
        register.skip(skip);
        look();
    }

    /// A version that is no more has no parked accounts.
    public synchronized void forget(int version) throws InterruptedException {
        for (Parked account : all(version)) {
            register.release(account);
        }
        look();
    }
}
