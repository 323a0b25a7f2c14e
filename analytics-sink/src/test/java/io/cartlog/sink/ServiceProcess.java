package io.cartlog.sink;

import io.cartlog.localstack.Ports;
import io.cartlog.service.process.ServiceUnderTest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// The service in a process of its own, with a wire to each store.
final class ServiceProcess extends ServiceUnderTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    final Wire database;
    final Wire objects;

    ServiceProcess(World world, Map<String, Object> more) {
        this(world, world.wireToTheDatabase(), world.wireToTheObjects(), more);
    }

    private ServiceProcess(World world, Wire database, Wire objects, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(RunningService.settingsOf(world));
        settings.put("cartlog.s3.endpoint", World.objects(objects));
        settings.put("cartlog.catalog.url", world.jdbcUrl(database.port()));
        settings.put("cartlog.warehouse.url", world.jdbcUrl(database.port()));
        settings.putAll(more);
        super(
                AnalyticsSinkApplication.class,
                System.getProperty("java.class.path"),
                Ports.anyFree(),
                settings,
                PATIENCE);
        this.database = database;
        this.objects = objects;
    }
}
