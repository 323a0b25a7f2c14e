package io.cartlog.service.access;

import io.cartlog.service.access.AccessRule.Verdict;
import io.cartlog.service.access.AccessRule.Who;
import jakarta.servlet.DispatcherType;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/// Puts the door in front of a service that imports this and has its [AccessSettings] and
/// [AccessRules] as beans.
@Configuration(proxyBeanMethods = false)
public class AccessConfiguration {
    private static final AccessRule OTHERWISE = new AccessRule("/**", Who.OPS);
    private static final Set<String> ENCODED_SEMICOLONS = Set.of("%3b", "%3B");
    private static final Caller NOBODY = new Caller(Set.of(), null);

    @Bean
    TokenVerifier tokenVerifier(AccessSettings settings) {
        return new TokenVerifier(settings, InstantSource.system());
    }

    @Bean
    SecurityFilterChain door(HttpSecurity http, TokenVerifier verifier, AccessRules rules) {
        Refusals refusals = new Refusals();
        return http.csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .headers(headers ->
                        headers.defaultsDisabled()
                                .cacheControl(_ -> {})
                                .contentTypeOptions(_ -> {}))
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .oauth2ResourceServer(server ->
                        server.bearerTokenResolver(new AuthorizationHeader())
                                .authenticationManagerResolver(_ -> verifier)
                                .authenticationEntryPoint(refusals)
                                .accessDeniedHandler(refusals))
                .exceptionHandling(
                        e -> e.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .authorizeHttpRequests(requests -> {
                    // The request itself was let in before.
                    requests.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                            .permitAll();
                    rules.inOrder().forEach(rule -> add(rule, requests));
                    add(OTHERWISE, requests);
                })
                .build();
    }

    private static void add(
            AccessRule rule,
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
                    requests) {
        requests.requestMatchers(rule.pattern())
                .access((caller, request) -> decide(rule, caller, request));
    }

    private static AuthorizationResult decide(
            AccessRule rule,
            Supplier<? extends @Nullable Authentication> authentication,
            RequestAuthorizationContext request) {
        return verdict(rule, authentication.get(), request.getVariables());
    }

    private static Verdict verdict(
            AccessRule rule,
            @Nullable Authentication authentication,
            Map<String, String> variables) {
        Caller caller =
                authentication instanceof CallerAuthentication known
                        ? known.getPrincipal()
                        : NOBODY;
        return rule.verdict(caller, variables);
    }

    /// Ids may have slashes, percent signs and the like, which come encoded. Nothing here looks at
    /// decoded paths, so they cannot lead to another address. Paths that are not plain (`..`, `//`)
    /// stay refused.
    @Bean
    HttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowUrlEncodedSlash(true);
        firewall.setAllowUrlEncodedDoubleSlash(true);
        firewall.setAllowUrlEncodedPercent(true);
        // A plain semicolon stays refused: `..;` is a detour to some.
        firewall.getEncodedUrlBlocklist().removeAll(ENCODED_SEMICOLONS);
        firewall.getDecodedUrlBlocklist().remove(";");
        // What the default's regular expressions allow, of the Latin-1 that a header is read as.
        firewall.setAllowedHeaderNames(name -> consistsOf(name, c -> !Character.isISOControl(c)));
        firewall.setAllowedHeaderValues(
                value -> consistsOf(value, c -> c == '\t' || !Character.isISOControl(c)));
        return firewall;
    }

    /// A stream of the characters takes many times longer, and tokens have hundreds of them.
    private static boolean consistsOf(String text, IntPredicate allowed) {
        for (int i = 0; i < text.length(); i++) {
            if (!allowed.test(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    @Bean
    RequestRejectedHandler refusalOfMalformedRequests() {
        return new Refusals();
    }

    /// One observation for each filter of each request would cost more than the check.
    @Bean
    SecurityObservationSettings withoutObservations() {
        return SecurityObservationSettings.noObservations();
    }
}
