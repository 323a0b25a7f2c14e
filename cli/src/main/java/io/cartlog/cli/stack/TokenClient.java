package io.cartlog.cli.stack;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The demo clients of the stack's authorization server, each with the scope that it gets.
public enum TokenClient {
    SHOP("cart"),
    STAFF("staff"),
    OPS("ops");

    private final String scope;

    TokenClient(String scope) {
        this.scope = scope;
    }

    /// The one that gets this scope, if there is one.
    public static Optional<TokenClient> ofScope(String scope) {
        return Arrays.stream(values()).filter(it -> it.scope.equals(scope)).findFirst();
    }

    public String scope() {
        return scope;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// In the data folder.
    String secretName() {
        return id() + "-client";
    }

    /// By which the authorization server is told of it.
    String secretVariable() {
        return "CARTLOG_TOKENS_" + name() + "_SECRET";
    }
}
