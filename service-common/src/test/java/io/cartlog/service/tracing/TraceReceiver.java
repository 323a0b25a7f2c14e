package io.cartlog.service.tracing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// A collector for tests: takes spans as OTLP over HTTP and keeps them.
public final class TraceReceiver implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(90);
    private static final HexFormat HEX = HexFormat.of();

    private final List<Received> spans = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /// A span as it came.
    ///
    /// @param parentId empty if it hangs on nothing
    /// @param attributes with their values as text
    public record Received(
            String service,
            String traceId,
            String spanId,
            String parentId,
            String name,
            String kind,
            Map<String, String> attributes,
            String status,
            long startNanos,
            long endNanos) {
        public String attribute(String name) {
            return attributes.getOrDefault(name, "");
        }
    }

    /// On a port that is free.
    public TraceReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::receive);
        server.start();
    }

    /// What `cartlog.tracing.endpoint` is for this one.
    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// The `traceparent` of a caller who wants to follow a new trace.
    public static TraceParent newTrace() {
        byte[] id = new byte[24];
        ThreadLocalRandom.current().nextBytes(id);
        String hex = HEX.formatHex(id);
        return new TraceParent(hex.substring(0, 32), hex.substring(32), true);
    }

    public List<Received> spans() {
        return List.copyOf(spans);
    }

    public List<Received> spans(String traceId) {
        return spans.stream().filter(span -> span.traceId().equals(traceId)).toList();
    }

    /// Waits for a span of a trace.
    public Received await(String traceId, String name) {
        return await(name, span -> span.traceId().equals(traceId) && span.name().equals(name));
    }

    /// Waits for a span.
    ///
    /// @param what is waited for, for the message
    public Received await(String what, Predicate<Received> wanted) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (true) {
            for (Received span : spans) {
                if (wanted.test(span)) {
                    return span;
                }
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + DEADLINE + ": " + what + "; " + spans);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
            request.getResourceSpansList().forEach(this::receive);
            exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private void receive(ResourceSpans given) {
        String service = service(given.getResource());
        given.getScopeSpansList().stream()
                .flatMap(scope -> scope.getSpansList().stream())
                .map(span -> received(service, span))
                .forEach(spans::add);
    }

    private static String service(Resource resource) {
        return attributes(resource.getAttributesList()).getOrDefault("service.name", "");
    }

    private static Received received(String service, Span span) {
        return new Received(
                service,
                HEX.formatHex(span.getTraceId().toByteArray()),
                HEX.formatHex(span.getSpanId().toByteArray()),
                HEX.formatHex(span.getParentSpanId().toByteArray()),
                span.getName(),
                span.getKind().name().replace("SPAN_KIND_", ""),
                attributes(span.getAttributesList()),
                span.getStatus().getCode().name().replace("STATUS_CODE_", ""),
                span.getStartTimeUnixNano(),
                span.getEndTimeUnixNano());
    }

    private static Map<String, String> attributes(List<KeyValue> given) {
        return given.stream().collect(Collectors.toMap(KeyValue::getKey, a -> text(a.getValue())));
    }

    private static String text(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case INT_VALUE -> Long.toString(value.getIntValue());
            default -> value.toString();
        };
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
