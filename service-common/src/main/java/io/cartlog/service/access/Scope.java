package io.cartlog.service.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What a token is good for.
public enum Scope {
    /// One account: the one that the token names.
    CART,
    /// Invoices, and who has a product.
    STAFF,
    /// Everything.
    OPS;

    /// As it stands in a token.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Those of ours in a token's `scope`, which are parted by spaces.
    static Set<Scope> in(String claim) {
        List<String> words = Arrays.asList(claim.split(" "));
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (Scope scope : values()) {
            if (words.contains(scope.text())) {
                scopes.add(scope);
            }
        }
        return scopes;
    }
}
