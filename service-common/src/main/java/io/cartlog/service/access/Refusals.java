package io.cartlog.service.access;

import io.cartlog.service.access.AccessRule.Verdict;
import io.cartlog.service.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/// Tells a caller why he is not let in: a problem, and for tokens the challenge of RFC 6750.
final class Refusals
        implements AuthenticationEntryPoint, AccessDeniedHandler, RequestRejectedHandler {
    private static final String CHALLENGE = "Bearer realm=\"cartlog\"";
    private static final String RETRY_SECONDS = "5";

    static final Problem MISSING =
            new Problem(401, "token-missing", "this address needs a bearer token");
    static final Problem INVALID =
            new Problem(401, "token-invalid", "the bearer token is not valid here");
    static final Problem KEYS_UNAVAILABLE =
            new Problem(503, "token-keys-unavailable", "no token can be checked at the moment");
    static final Problem SCOPE =
            new Problem(
                    403, "insufficient-scope", "the token does not have the scope that it needs");
    static final Problem NO_ACCOUNT = new Problem(404, "account-not-found", "no such account");
    static final Problem BAD_REQUEST = new Problem(400, "bad-request", "the request is malformed");

    @Override
    public void commence(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        switch (e) {
            case KeysUnavailableException _ -> {
                response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
                KEYS_UNAVAILABLE.answer(request, response);
            }
            case OAuth2AuthenticationException bad -> {
                challenge(response, "invalid_token", reason(bad));
                INVALID.answer(request, response);
            }
            default -> {
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
                MISSING.answer(request, response);
            }
        }
    }

    private static String reason(OAuth2AuthenticationException bad) {
        String description = String.valueOf(bad.getError().getDescription());
        return description.replaceAll("[^ !#-\\[\\]-~]", "");
    }

    private static void challenge(HttpServletResponse response, String error, String description) {
        response.setHeader(
                HttpHeaders.WWW_AUTHENTICATE,
                "%s, error=\"%s\", error_description=\"%s\""
                        .formatted(CHALLENGE, error, description));
    }

    @Override
    public void handle(
            HttpServletRequest request, HttpServletResponse response, AccessDeniedException e)
            throws IOException {
        switch (verdict(e)) {
            case OTHERS_ACCOUNT -> NO_ACCOUNT.answer(request, response);
            case NEEDS_CART -> needs(Scope.CART, request, response);
            case NEEDS_STAFF -> needs(Scope.STAFF, request, response);
            case NEEDS_OPS -> needs(Scope.OPS, request, response);
            case GRANTED -> throw new IllegalStateException("granted and refused", e);
        }
    }

    private static Verdict verdict(AccessDeniedException e) {
        return e instanceof AuthorizationDeniedException denied
                        && denied.getAuthorizationResult() instanceof Verdict verdict
                ? verdict
                : Verdict.NEEDS_OPS;
    }

    private static void needs(Scope scope, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader(
                HttpHeaders.WWW_AUTHENTICATE,
                "%s, error=\"insufficient_scope\", scope=\"%s\""
                        .formatted(CHALLENGE, scope.text()));
        SCOPE.answer(request, response);
    }

    @Override
    public void handle(
            HttpServletRequest request, HttpServletResponse response, RequestRejectedException e)
            throws IOException {
        BAD_REQUEST.answer(request, response);
    }
}
