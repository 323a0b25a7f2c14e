package io.cartlog.service.access;

import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/// A [Caller] as Spring Security carries it; keeps no token.
final class CallerAuthentication extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;

    private final transient Caller caller;

    CallerAuthentication(Caller caller) {
        super(List.of());
        this.caller = caller;
        setAuthenticated(true);
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    @Override
    public String getCredentials() {
        return "";
    }

    /// Nobody's name: it would end in logs and metrics.
    @Override
    public String getName() {
        return "caller";
    }
}
