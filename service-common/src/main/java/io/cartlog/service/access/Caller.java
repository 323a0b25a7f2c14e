package io.cartlog.service.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whoever holds a token that was found good.
///
/// @param account whose cart it is, absent unless the token is for one
public record Caller(Set<Scope> scopes, @Nullable String account) {
    public Caller {
        scopes = Set.copyOf(scopes);
    }

    public boolean has(Scope scope) {
        return scopes.contains(scope);
    }

    /// Whether this caller may read and change the account: his own, or any with `ops`.
    public boolean mayUse(String other) {
        return has(Scope.OPS) || (has(Scope.CART) && other.equals(account));
    }

    /// Without the account: what is logged says nothing of it.
    @Override
    public String toString() {
        return "Caller" + scopes;
    }
}
