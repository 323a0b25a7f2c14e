package io.cartlog.authorization;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.cartlog.authorization.IssuerSettings.Tokens;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.web.SecurityFilterChain;

/// Two addresses and three clients.
@Configuration(proxyBeanMethods = false)
class IssuerConfiguration {
    private static final String[] OPEN = {"/oauth2/token", "/oauth2/jwks"};

    @Bean
    @Order(1)
    SecurityFilterChain issuer(HttpSecurity http) {
        return http.securityMatcher(OPEN)
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .oauth2AuthorizationServer(_ -> {})
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .build();
    }

    /// No log-in, no revocation, no introspection, and so no document that would list them: nothing
    /// here answers for them.
    @Bean
    @Order(2)
    SecurityFilterChain nothingElse(HttpSecurity http) {
        return http.csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests -> requests.anyRequest().denyAll())
                .build();
    }

    @Bean
    AuthorizationServerSettings authorizationServerSettings(IssuerSettings settings) {
        return AuthorizationServerSettings.builder()
                .issuer(Objects.requireNonNull(settings.tokens().issuer()))
                .build();
    }

    @Bean
    JWKSource<SecurityContext> keys(IssuerSettings settings) {
        return new ImmutableJWKSet<>(
                new JWKSet(SigningKey.in(Objects.requireNonNull(settings.tokens().keyFile()))));
    }

    @Bean
    TokenClaims claims(IssuerSettings settings) {
        return new TokenClaims(settings.tokens().audience());
    }

    @Bean
    OAuth2AuthorizationService nothingKept() {
        return new NothingKept();
    }

    @Bean
    PasswordEncoder secrets() {
        return new DrawnSecrets();
    }

    @Bean
    RegisteredClientRepository clients(IssuerSettings settings, PasswordEncoder secrets) {
        Tokens tokens = settings.tokens();
        return new InMemoryRegisteredClientRepository(
                client("shop", "cart", secret(secrets, tokens.shopSecret()), tokens),
                client("staff", "staff", secret(secrets, tokens.staffSecret()), tokens),
                client("ops", "ops", secret(secrets, tokens.opsSecret()), tokens));
    }

    private static String secret(PasswordEncoder secrets, @Nullable String drawn) {
        return Objects.requireNonNull(secrets.encode(Objects.requireNonNull(drawn)));
    }

    private static RegisteredClient client(String id, String scope, String secret, Tokens tokens) {
        return RegisteredClient.withId(id)
                .clientId(id)
                .clientSecret(secret)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scope(scope)
                .tokenSettings(
                        TokenSettings.builder().accessTokenTimeToLive(tokens.lifetime()).build())
                .build();
    }
}
