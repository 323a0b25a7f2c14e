package io.cartlog.service.settings;

import java.util.Set;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/// Stops the start of a service that imports this when its environment has a `CARTLOG_*` variable
/// that its settings do not know, before anything else is made.
@Configuration(proxyBeanMethods = false)
public class SettingsConfiguration {
    private static final String PREFIX = "cartlog";

    @Bean
    static BeanFactoryPostProcessor noUnknownVariables(ConfigurableEnvironment environment) {
        return beans -> known(beans).check(variables(environment));
    }

    private static KnownVariables known(ConfigurableListableBeanFactory beans) {
        for (String name : beans.getBeanNamesForAnnotation(ConfigurationProperties.class)) {
            Class<?> type = beans.getType(name, false);
            ConfigurationProperties properties =
                    beans.findAnnotationOnBean(name, ConfigurationProperties.class, false);
            if (type != null && properties != null && properties.prefix().equals(PREFIX)) {
                return KnownVariables.of(type);
            }
        }
        throw new IllegalStateException("no settings with the prefix " + PREFIX);
    }

    private static Set<String> variables(ConfigurableEnvironment environment) {
        PropertySource<?> source =
                environment
                        .getPropertySources()
                        .get(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        return source instanceof EnumerablePropertySource<?> variables
                ? Set.of(variables.getPropertyNames())
                : Set.of();
    }
}
