package io.cartlog.service.access;

import org.springframework.security.core.AuthenticationException;

/// No token can be checked now: the issuer has not answered since the start.
final class KeysUnavailableException extends AuthenticationException {
    private static final long serialVersionUID = 1L;

    KeysUnavailableException(Throwable cause) {
        super("no token can be checked at the moment", cause);
    }
}
