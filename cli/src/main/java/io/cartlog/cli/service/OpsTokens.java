package io.cartlog.cli.service;

import io.cartlog.cli.service.Service.AwayException;
import io.cartlog.cli.service.TokenSource.Token;
import io.cartlog.cli.terminal.CommandFailedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Operator's tokens for as long as a command runs: one is fetched when it is first needed, and
/// another when a third of its time is left, so that a server that is away for a while is no
/// trouble.
public final class OpsTokens implements Supplier<String> {
    private static final int LAST_PART = 3;

    private final Supplier<Token> source;
    private final InstantSource clock;
    private @Nullable Token token;

    public OpsTokens(TokenSource source) {
        this(() -> source.fetch("ops", null), InstantSource.system());
    }

    OpsTokens(Supplier<Token> source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
    }

    /// One that is good now.
    ///
    /// @throws AwayException if there is none and none can be fetched at the moment
    /// @throws CommandFailedException if the server refuses
    @Override
    public synchronized String get() {
        Token known = token;
        if (known == null || !clock.instant().isBefore(known.expiresAt())) {
            known = source.get();
        } else if (!clock.instant().isBefore(renewal(known))) {
            known = renewed(known);
        }
        token = known;
        return known.value();
    }

    private static Instant renewal(Token token) {
        Duration lifetime = Duration.between(token.issuedAt(), token.expiresAt());
        return token.expiresAt().minus(lifetime.dividedBy(LAST_PART));
    }

    private Token renewed(Token known) {
        try {
            return source.get();
        } catch (AwayException _) {
            return known; // it is still good
        }
    }
}
