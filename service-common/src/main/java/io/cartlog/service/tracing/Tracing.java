package io.cartlog.service.tracing;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Follows commands, if there is a collector that wants to know.
///
/// Who follows is decided once, where the request comes in: a request with a sampled `traceparent`
/// always, one with another never, and of those without any a share. From there on a record that is
/// followed has the header and any other has not, so there is nothing to decide and nothing to make
/// for the many that nobody looks at.
public final class Tracing implements AutoCloseable {
    /// Follows nobody.
    public static final Tracing OFF = new Tracing(null, 0);

    /// Under which the trace id is in what is logged meanwhile.
    public static final String LOG_KEY = "traceId";

    private static final Duration SEND_EVERY = Duration.ofSeconds(1);
    private static final Duration PATIENCE_ON_CLOSE = Duration.ofSeconds(2);

    private static final AttributeKey<String> OPERATION = stringKey("messaging.operation.name");
    private static final AttributeKey<String> OPERATION_TYPE =
            stringKey("messaging.operation.type");
    private static final AttributeKey<String> SYSTEM = stringKey("messaging.system");
    private static final AttributeKey<String> TOPIC = stringKey("messaging.destination.name");
    private static final AttributeKey<String> PARTITION =
            stringKey("messaging.destination.partition.id");
    private static final AttributeKey<Long> OFFSET = longKey("messaging.kafka.offset");
    private static final AttributeKey<String> GROUP = stringKey("messaging.consumer.group.name");

    private final @Nullable SdkTracerProvider provider;
    private final @Nullable Tracer tracer;
    private final double sampling;

    private Tracing(@Nullable SdkTracerProvider provider, double sampling) {
        this.provider = provider;
        this.tracer = provider == null ? null : provider.get("io.cartlog");
        this.sampling = sampling;
    }

    /// @param service the name that the spans are found under
    public static Tracing of(TracingSettings settings, String service) {
        URI collector = settings.endpoint();
        return collector == null
                ? OFF
                : new Tracing(provider(collector, service), settings.sampling());
    }

    private static SdkTracerProvider provider(URI collector, String service) {
        String traces = collector.toString().replaceFirst("/+$", "") + "/v1/traces";
        Attributes names =
                Attributes.of(
                        stringKey("service.namespace"),
                        "cartlog",
                        stringKey("service.name"),
                        service);
        return SdkTracerProvider.builder()
                .setResource(Resource.getDefault().merge(Resource.create(names)))
                .setSampler(Sampler.alwaysOn())
                .addSpanProcessor(
                        BatchSpanProcessor.builder(
                                        OtlpHttpSpanExporter.builder().setEndpoint(traces).build())
                                .setScheduleDelay(SEND_EVERY)
                                .build())
                .build();
    }

    /// Whether anybody is followed. Who asks this first does not even look for headers otherwise.
    public boolean isOn() {
        return tracer != null;
    }

    /// Whether this one of many is among the share that is followed.
    public boolean isChosen() {
        return isOn() && ThreadLocalRandom.current().nextDouble() < sampling;
    }

    /// A request to a server.
    ///
    /// @param traceParent its header, if it has one
    /// @return null if it is not followed
    public @Nullable Step request(@Nullable String traceParent, String method) {
        Tracer spans = tracer;
        if (spans == null) {
            return null;
        }
        TraceParent given = TraceParent.parse(traceParent);
        if (given == null ? !isChosen() : !given.sampled()) {
            return null;
        }
        SpanBuilder span = spans.spanBuilder(method).setSpanKind(SpanKind.SERVER);
        span.setParent(given == null ? Context.root() : under(given));
        return new Step(span.setAttribute("http.request.method", method).startSpan());
    }

    /// Work on a record.
    ///
    /// @param operation what is done with it, such as `decide`
    /// @param traceParent the record's header, if it has one
    /// @return null if it is not followed
    public @Nullable Step work(String operation, byte @Nullable [] traceParent, LogRecord record) {
        Tracer spans = tracer;
        TraceParent given = spans == null ? null : TraceParent.parse(traceParent);
        if (spans == null || given == null || !given.sampled()) {
            return null;
        }
        SpanBuilder span =
                spans.spanBuilder(operation + " " + record.topic())
                        .setSpanKind(SpanKind.CONSUMER)
                        .setParent(under(given))
                        .setAttribute(OPERATION, operation)
                        .setAttribute(OPERATION_TYPE, "process")
                        .setAttribute(SYSTEM, "kafka")
                        .setAttribute(TOPIC, record.topic())
                        .setAttribute(PARTITION, Integer.toString(record.partition()))
                        .setAttribute(OFFSET, record.offset());
        if (record.group() != null) {
            span.setAttribute(GROUP, record.group());
        }
        return new Step(span.startSpan());
    }

    /// What follows from a step in the same process.
    ///
    /// @return null if nobody is followed
    public @Nullable Step after(Step step, String name) {
        Tracer spans = tracer;
        return spans == null
                ? null
                : new Step(spans.spanBuilder(name).setParent(under(step.place())).startSpan());
    }

    private static Context under(TraceParent parent) {
        return Context.root()
                .with(
                        Span.wrap(
                                SpanContext.createFromRemoteParent(
                                        parent.traceId(),
                                        parent.spanId(),
                                        TraceFlags.getSampled(),
                                        TraceState.getDefault())));
    }

    /// Sends what is not yet sent, if the collector is there.
    @Override
    public void close() {
        if (provider != null) {
            provider.shutdown().join(PATIENCE_ON_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
