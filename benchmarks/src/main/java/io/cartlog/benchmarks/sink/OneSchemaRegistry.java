package io.cartlog.benchmarks.sink;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;

/// All that a converter asks a schema registry: the one schema of our events, under every id, which
/// refers to no other.
final class OneSchemaRegistry implements AutoCloseable {
    private final HttpServer server;
    private final String schema;

    OneSchemaRegistry(Schema schema) throws IOException {
        this.schema = schema.toString();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/apis/registry/v2";
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean references = exchange.getRequestURI().getPath().endsWith("/references");
            byte[] body = (references ? "[]" : schema).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
