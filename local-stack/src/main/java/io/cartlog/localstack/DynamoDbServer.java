package io.cartlog.localstack;

import com.amazonaws.services.dynamodbv2.local.server.DynamoDBProxyServer;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;

/// DynamoDB Local on disk. Tables belong to the service that writes them.
final class DynamoDbServer implements AutoCloseable {
    private final DynamoDBProxyServer server;

    private DynamoDbServer(DynamoDBProxyServer server) {
        this.server = server;
    }

    static DynamoDbServer start(Path folder, int port) throws Exception {
        return start(folder, port, DynamoDbStorage.chosen());
    }

    static DynamoDbServer start(Path folder, int port, DynamoDbStorage storage) throws Exception {
        FreePort.require(port, "dynamodb");
        Files.createDirectories(folder);
        DynamoDBProxyServer server = storage.server(folder, port);
        bindToLoopback(server);
        server.start();
        return new DynamoDbServer(server);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new LocalStackException("cannot stop dynamodb", e);
        }
    }

    /// DynamoDB Local has no option for the address that it binds.
    private static void bindToLoopback(DynamoDBProxyServer server) throws Exception {
        Field jetty = DynamoDBProxyServer.class.getDeclaredField("server");
        jetty.setAccessible(true);
        for (Connector connector : ((Server) jetty.get(server)).getConnectors()) {
            ((AbstractNetworkConnector) connector).setHost("127.0.0.1");
        }
    }
}
