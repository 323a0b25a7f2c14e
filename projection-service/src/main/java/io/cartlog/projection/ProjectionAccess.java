package io.cartlog.projection;

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

/// Who may read what. The public door has the same rules; here they hold for whoever comes past it.
@Configuration(proxyBeanMethods = false)
@Import({AccessConfiguration.class, ServerConfiguration.class, SettingsConfiguration.class})
class ProjectionAccess {
    @Bean
    AccessSettings accessSettings(ProjectionSettings settings) {
        return settings.security();
    }

    @Bean
    AccessRules accessRules() {
        return AccessRules.of(
                new AccessRule("/actuator/health/**", Who.ANYBODY),
                new AccessRule("/v1/accounts/{account}/**", Who.OWN_ACCOUNT),
                new AccessRule("/v1/products/**", Who.STAFF),
                new AccessRule("/v1/invoices/**", Who.STAFF),
                new AccessRule("/internal/**", Who.OPS));
    }
}
