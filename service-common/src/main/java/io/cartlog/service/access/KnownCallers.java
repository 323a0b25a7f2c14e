package io.cartlog.service.access;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Callers by the bytes of their tokens, until these expire: a signature is checked once, not with
/// every request.
///
/// Bounded by two halves. When the younger is full it becomes the older, and what was in that and
/// not used since is forgotten. Only tokens that were found good come in, so nobody else can fill
/// it.
final class KnownCallers {
    private record Known(Caller caller, Instant expiresAt) {}

    private final int half;
    private final InstantSource clock;
    private volatile ConcurrentHashMap<String, Known> young = new ConcurrentHashMap<>();
    private volatile ConcurrentHashMap<String, Known> old = new ConcurrentHashMap<>();

    /// @param most tokens that are remembered
    KnownCallers(int most, InstantSource clock) {
        this.half = Math.max(1, most / 2);
        this.clock = clock;
    }

    @Nullable Caller find(String token) {
        Known known = young.get(token);
        if (known == null) {
            known = old.get(token);
            if (known == null) {
                return null;
            }
            put(token, known);
        }
        return clock.instant().isBefore(known.expiresAt()) ? known.caller() : null;
    }

    void remember(String token, Caller caller, Instant expiresAt) {
        put(token, new Known(caller, expiresAt));
    }

    int size() {
        return young.size() + old.size();
    }

    private void put(String token, Known known) {
        if (young.size() >= half) {
            turnOver();
        }
        young.put(token, known);
    }

    private synchronized void turnOver() {
        if (young.size() >= half) {
            old = young;
            young = new ConcurrentHashMap<>();
        }
    }
}
