package io.cartlog.service.access;

import java.util.Map;
import org.springframework.security.authorization.AuthorizationResult;

/// Who may use the addresses of a pattern. The first rule that fits a request decides it; what none
/// fits is for `ops`.
///
/// @param pattern as in a request mapping; `{account}` is the account of [Who#OWN_ACCOUNT]
public record AccessRule(String pattern, Who who) {
    private static final String ACCOUNT = "account";

    /// Whom a rule lets in. `ops` may do everything.
    public enum Who {
        ANYBODY,
        /// `cart` with the account of the path. To all others with `cart` there is no such account.
        OWN_ACCOUNT,
        STAFF,
        OPS
    }

    public AccessRule {
        if (who == Who.OWN_ACCOUNT && !pattern.contains("{" + ACCOUNT + "}")) {
            throw new IllegalArgumentException("no account in " + pattern);
        }
    }

    /// What a caller is told.
    enum Verdict implements AuthorizationResult {
        GRANTED,
        OTHERS_ACCOUNT,
        NEEDS_CART,
        NEEDS_STAFF,
        NEEDS_OPS;

        @Override
        public boolean isGranted() {
            return this == GRANTED;
        }
    }

    /// @param variables those of the pattern, from the request's path
    Verdict verdict(Caller caller, Map<String, String> variables) {
        if (caller.has(Scope.OPS)) {
            return Verdict.GRANTED;
        }
        return switch (who) {
            case ANYBODY -> Verdict.GRANTED;
            case OWN_ACCOUNT -> own(caller, variables.getOrDefault(ACCOUNT, ""));
            case STAFF -> caller.has(Scope.STAFF) ? Verdict.GRANTED : Verdict.NEEDS_STAFF;
            case OPS -> Verdict.NEEDS_OPS;
        };
    }

    private static Verdict own(Caller caller, String account) {
        if (!caller.has(Scope.CART)) {
            return Verdict.NEEDS_CART;
        }
        return caller.mayUse(account) ? Verdict.GRANTED : Verdict.OTHERS_ACCOUNT;
    }
}
