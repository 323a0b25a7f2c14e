package io.cartlog.commands;

import io.cartlog.service.access.AccessConfiguration;
import io.cartlog.service.access.AccessRule;
import io.cartlog.service.access.AccessRule.Who;
import io.cartlog.service.access.AccessRules;
import io.cartlog.service.access.AccessSettings;
import io.cartlog.service.problem.ServerConfiguration;
import io.cartlog.service.settings.SettingsConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// Who may use the public door: shoppers their own account, the shop's staff products and invoices,
/// and tills and everything else operators only.
@Configuration(proxyBeanMethods = false)
@Import({AccessConfiguration.class, ServerConfiguration.class, SettingsConfiguration.class})
class CommandAccess {
    @Bean
    AccessSettings accessSettings(CommandServiceSettings settings) {
        return settings.security();
    }

    @Bean
    AccessRules accessRules() {
        return AccessRules.of(
                new AccessRule("/actuator/health/**", Who.ANYBODY),
                new AccessRule("/ping", Who.ANYBODY),
                new AccessRule("/problems/**", Who.ANYBODY),
                new AccessRule("/v1/accounts/{account}/**", Who.OWN_ACCOUNT),
                new AccessRule("/v1/products/**", Who.STAFF),
                new AccessRule("/v1/invoices/**", Who.STAFF),
                new AccessRule("/v1/events/**", Who.OPS),
                new AccessRule("/v1/clicks/**", Who.OPS),
                new AccessRule("/v1/openapi.json", Who.ANYBODY),
                new AccessRule("/swagger-ui/**", Who.ANYBODY));
    }
}
