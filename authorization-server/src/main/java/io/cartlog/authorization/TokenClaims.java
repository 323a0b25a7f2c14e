package io.cartlog.authorization;

import io.cartlog.schemas.value.AccountId;
import java.util.List;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/// What a token says: for whom it is, what it is good for, and, with the scope `cart`, the one
/// account that the client asked for.
record TokenClaims(String audience) implements OAuth2TokenCustomizer<JwtEncodingContext> {
    private static final String CART = "cart";
    private static final String ACCOUNT = "account";

    @Override
    public void customize(JwtEncodingContext context) {
        context.getJwsHeader().type("at+jwt");
        context.getClaims()
                .audience(List.of(audience))
                .claim("client_id", context.getRegisteredClient().getClientId())
                .claim("scope", String.join(" ", context.getAuthorizedScopes()));
        if (context.getAuthorizedScopes().contains(CART)) {
            String account = account(context);
            context.getClaims().subject(account).claim(ACCOUNT, account);
        }
    }

    private static String account(JwtEncodingContext context) {
        OAuth2ClientCredentialsAuthenticationToken request = context.getAuthorizationGrant();
        if (request == null
                || !(request.getAdditionalParameters().get(ACCOUNT) instanceof String account)) {
            throw invalid("the scope cart needs one parameter account");
        }
        try {
            return new AccountId(account).value();
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private static OAuth2AuthenticationException invalid(String description) {
        return new OAuth2AuthenticationException(
                new OAuth2Error(OAuth2ErrorCodes.INVALID_REQUEST, description, null));
    }
}
