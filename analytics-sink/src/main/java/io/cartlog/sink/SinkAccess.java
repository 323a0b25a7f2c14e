package io.cartlog.sink;

import io.cartlog.service.access.AccessConfiguration;
import io.cartlog.service.access.AccessRule;
import io.cartlog.service.access.AccessRule.Who;
import io.cartlog.service.access.AccessRules;
import io.cartlog.service.access.AccessSettings;
import io.cartlog.service.settings.SettingsConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// Who may ask the service: operators, and for its health anybody.
@Configuration(proxyBeanMethods = false)
@Import({AccessConfiguration.class, SettingsConfiguration.class})
class SinkAccess {
    @Bean
    AccessSettings accessSettings(SinkSettings settings) {
        return settings.security();
    }

    @Bean
    AccessRules accessRules() {
        return AccessRules.of(
                new AccessRule("/actuator/health/**", Who.ANYBODY),
                new AccessRule("/internal/**", Who.OPS));
    }
}
