package io.cartlog.sink.verify;

import io.cartlog.sink.AnalyticsSink;
import io.cartlog.sink.SinkSettings;
import io.cartlog.sink.WarehouseLoader;
import io.cartlog.sink.clicks.ClickCheck;
import io.cartlog.sink.clicks.ClickWarehouse;
import io.cartlog.sink.iceberg.Lake;
import io.cartlog.sink.warehouse.PostgresWarehouse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import tools.jackson.databind.json.JsonMapper;

/// Runs a reconciliation and streams what it does, one JSON object a line: `{"progress":{...}}` and
/// at last `{"report":{...}}`, or `{"error":{...}}` when it could not be finished.
@RestController
class ReconcileEndpoint {
    private static final Logger LOGGER = LoggerFactory.getLogger(ReconcileEndpoint.class);

    /// How long the warehouse may need for what the lake holds at the start. What is not loaded
    /// then is a difference.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String bootstrapServers;
    private final Lake lake;
    private final PostgresWarehouse warehouse;
    private final ClickWarehouse clicks;
    private final AnalyticsSink sink;
    private final WarehouseLoader loader;
    private final JsonMapper json;

    ReconcileEndpoint(
            SinkSettings settings,
            Lake lake,
            PostgresWarehouse warehouse,
            ClickWarehouse clicks,
            AnalyticsSink sink,
            WarehouseLoader loader,
            JsonMapper json) {
        this.bootstrapServers = settings.kafka().bootstrapServers();
        this.lake = lake;
        this.warehouse = warehouse;
        this.clicks = clicks;
        this.sink = sink;
        this.loader = loader;
        this.json = json;
    }

    @PostMapping("/internal/reconcile")
    ResponseEntity<StreamingResponseBody> reconcile() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_NDJSON).body(this::run);
    }

    private void run(OutputStream out) {
        try {
            var _ = loader.awaitLoaded(sink.state().sequenceNumber(), PATIENCE);
            Reconciliation reconciliation =
                    new Reconciliation(
                            bootstrapServers,
                            lake.events(),
                            warehouse,
                            (stage, done, total) ->
                                    line(out, "progress", new Progress(stage, done, total)));
            ClickCheck clickCheck =
                    new ClickCheck(
                            bootstrapServers,
                            clicks,
                            (done, total) ->
                                    line(out, "progress", new Progress("clicks", done, total)));
            line(out, "report", reconciliation.run().with(clickCheck.run()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            line(out, "error", Map.of("detail", "the service is stopping"));
        } catch (RuntimeException e) {
            LOGGER.atWarn().setCause(e).log("a reconciliation was not finished");
            line(out, "error", Map.of("detail", e.toString()));
        }
    }

    private void line(OutputStream out, String name, Object content) {
        try {
            out.write(json.writeValueAsBytes(Map.of(name, content)));
            out.write('\n');
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Progress(String stage, long done, long total) {}
}
