package io.cartlog.sink.verify;

import io.cartlog.sink.AnalyticsSink;
import io.cartlog.sink.SinkSettings;
import io.cartlog.sink.WarehouseLoader;
import io.cartlog.sink.clicks.ClickCheck;
import io.cartlog.sink.clicks.ClickWarehouse;
import io.cartlog.sink.iceberg.EventTable;
import io.cartlog.sink.iceberg.Lake;
import io.cartlog.sink.row.Offsets;
import io.cartlog.sink.warehouse.Warehouse;
import java.io.OutputStream;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import tools.jackson.databind.json.JsonMapper;

/// Runs a reconciliation and streams what it does and finds, as [ReportLines].
@RestController
class ReconcileEndpoint {
    private static final Logger LOGGER = LoggerFactory.getLogger(ReconcileEndpoint.class);

    /// How long the warehouse may need for what the lake holds at the start. What is not loaded
    /// then is a difference.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String bootstrapServers;
    private final Lake lake;
    private final Warehouse warehouse;
    private final ClickWarehouse clicks;
    private final AnalyticsSink sink;
    private final WarehouseLoader loader;
    private final JsonMapper json;

    ReconcileEndpoint(
            SinkSettings settings,
            Lake lake,
            Warehouse warehouse,
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
        ReportLines lines = new ReportLines(out, json);
        try {
            var _ = loader.awaitLoaded(sink.state().sequenceNumber(), PATIENCE);
            EventTable table = lake.events();
            Offsets to = table.refresh().offsets();
            Reconciliation reconciliation =
                    new Reconciliation(bootstrapServers, to, table.files(), warehouse::read, lines);
            ClickCheck clickCheck =
                    new ClickCheck(
                            bootstrapServers,
                            clicks,
                            (done, total) -> lines.progress("clicks", done, total));
            lines.report(reconciliation.run().with(clickCheck.run()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            lines.error("the service is stopping");
        } catch (RuntimeException e) {
            LOGGER.atWarn().setCause(e).log("a reconciliation was not finished");
            lines.error(e.toString());
        }
    }
}
