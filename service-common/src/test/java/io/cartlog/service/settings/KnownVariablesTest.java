package io.cartlog.service.settings;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class KnownVariablesTest {
    @ConfigurationProperties(prefix = "cartlog", ignoreUnknownFields = false)
    record Settings(@DefaultValue Sink sink, @DefaultValue("red") String colour) {
        record Sink(
                @DefaultValue("1s") Duration rollInterval,
                @Name("wait") @DefaultValue("1s") Duration patience,
                @DefaultValue Set<Integer> partitions) {}
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(Settings.class)
    @Import(SettingsConfiguration.class)
    static class Service {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CARTLOG_SINK_ROLL_INTERVAL",
                "CARTLOG_SINK_WAIT",
                "CARTLOG_SINK_ROLLINTERVAL",
                "CARTLOG_SINK_PARTITIONS",
                "CARTLOG_SINK_PARTITIONS_0",
                "CARTLOG_COLOUR",
                "CARTLOG_DATA",
                "PATH"
            })
    void what_a_setting_is_called_is_known(String name) {
        assertThatCode(() -> KnownVariables.of(Settings.class).check(List.of(name)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CARTLOG_SINK_ROL_INTERVAL",
                "CARTLOG_SINK",
                "CARTLOG_COLOR",
                "CARTLOG_SINK_ROLL_INTERVAL_MS"
            })
    void what_is_called_otherwise_is_an_error_that_names_what_there_is(String name) {
        assertThatThrownBy(() -> KnownVariables.of(Settings.class).check(List.of("PATH", name)))
                .hasMessage(
                        "unknown environment variable %s; there are CARTLOG_COLOUR,".formatted(name)
                                + " CARTLOG_SINK_PARTITIONS, CARTLOG_SINK_ROLL_INTERVAL, CARTLOG_SINK_WAIT");
    }

    @Test
    void a_service_with_an_unknown_variable_in_its_environment_does_not_start() {
        assertThatThrownBy(() -> start(Map.of("CARTLOG_COLOR", "a secret")))
                .hasStackTraceContaining("unknown environment variable CARTLOG_COLOR")
                .satisfies(
                        e -> assertThatCode(() -> requireNoSecret(e)).doesNotThrowAnyException());
    }

    @Test
    void a_service_with_known_ones_does() {
        assertThatCode(() -> start(Map.of("CARTLOG_COLOUR", "blue")).close())
                .doesNotThrowAnyException();
    }

    private static void requireNoSecret(Throwable error) {
        for (Throwable e = error; e != null; e = e.getCause()) {
            if (String.valueOf(e.getMessage()).contains("a secret")) {
                throw new AssertionError("the value is shown", e);
            }
        }
    }

    private static ConfigurableApplicationContext start(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                variables));
        SpringApplication service = new SpringApplication(Service.class);
        service.setWebApplicationType(WebApplicationType.NONE);
        service.setEnvironment(environment);
        return service.run();
    }
}
