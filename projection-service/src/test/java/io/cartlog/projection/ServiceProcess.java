package io.cartlog.projection;

import io.cartlog.localstack.Addresses;
import io.cartlog.localstack.Ports;
import io.cartlog.service.process.ServiceUnderTest;
import java.time.Duration;
import java.util.Map;

/// The service in a process of its own.
final class ServiceProcess extends ServiceUnderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    ServiceProcess(Addresses addresses, String table) {
        this(addresses, table, Map.of());
    }

    /// @param more settings
    ServiceProcess(Addresses addresses, String table, Map<String, String> more) {
        this(System.getProperty("java.class.path"), addresses, table, more);
    }

    /// With other classes.
    static ServiceProcess of(String classPath, Addresses addresses, String table) {
        return new ServiceProcess(classPath, addresses, table, Map.of());
    }

    private ServiceProcess(
            String classPath, Addresses addresses, String table, Map<String, String> more) {
        Map<String, String> settings = RunningService.settings(addresses, table);
        settings.putAll(more);
        super(ProjectionServiceApplication.class, classPath, Ports.anyFree(), settings, PATIENCE);
    }
}
