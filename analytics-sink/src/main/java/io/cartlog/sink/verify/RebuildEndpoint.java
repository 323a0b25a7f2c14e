package io.cartlog.sink.verify;

import io.cartlog.sink.SinkSettings;
import io.cartlog.sink.WarehouseLoader;
import io.cartlog.sink.iceberg.EventTable;
import io.cartlog.sink.iceberg.Lake;
import io.cartlog.sink.iceberg.StoredFile;
import io.cartlog.sink.row.SnapshotFile;
import io.cartlog.sink.warehouse.Contents;
import io.cartlog.sink.warehouse.Ledger;
import io.cartlog.sink.warehouse.Warehouse;
import io.cartlog.sink.warehouse.WarehouseException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import tools.jackson.databind.json.JsonMapper;

/// Builds the warehouse anew out of the lake, and changes over if it then is what the log says.
/// Streams as [ReconcileEndpoint] does.
@RestController
class RebuildEndpoint {
    private static final Logger LOGGER = LoggerFactory.getLogger(RebuildEndpoint.class);

    private final String bootstrapServers;
    private final Lake lake;
    private final Warehouse warehouse;
    private final WarehouseLoader loader;
    private final JsonMapper json;

    RebuildEndpoint(
            SinkSettings settings,
            Lake lake,
            Warehouse warehouse,
            WarehouseLoader loader,
            JsonMapper json) {
        this.bootstrapServers = settings.kafka().bootstrapServers();
        this.lake = lake;
        this.warehouse = warehouse;
        this.loader = loader;
        this.json = json;
    }

    /// @param rebuilt whether the warehouse was changed over
    /// @param reconciliation of the new tables with log and lake
    record Rebuilt(boolean rebuilt, Report reconciliation) {}

    @PostMapping("/internal/warehouse/rebuild")
    ResponseEntity<StreamingResponseBody> rebuild() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_NDJSON).body(this::run);
    }

    private void run(OutputStream out) {
        ReportLines lines = new ReportLines(out, json);
        try {
            lines.report(new Attempt(lines).rebuild());
            loader.wake();
        } catch (RuntimeException e) {
            LOGGER.atWarn().setCause(e).log("the warehouse was not rebuilt");
            lines.error(e.toString());
        }
    }

    /// One rebuild. The files that are loaded are those that are compared.
    private final class Attempt {
        private final ReportLines lines;
        private final EventTable table = lake.events();
        private List<StoredFile> files = List.of();
        private @Nullable Report found;

        Attempt(ReportLines lines) {
            this.lines = lines;
        }

        Rebuilt rebuild() {
            boolean rebuilt = warehouse.rebuild(this::files, this::isRight);
            if (found == null) {
                throw new IllegalStateException("a rebuild that nobody looked at");
            }
            return new Rebuilt(rebuilt, found);
        }

        private List<SnapshotFile> files(Ledger ledger) {
            if (ledger.newestSnapshot() == null) {
                throw new WarehouseException(
                        "nothing is loaded yet, so there is nothing to rebuild");
            }
            files = table.filesAt(ledger.newestSnapshot());
            return files.stream().map(table::loadable).toList();
        }

        private boolean isRight(Ledger ledger, Contents contents) {
            found =
                    new Reconciliation(
                                    bootstrapServers,
                                    ledger.offsets(),
                                    files,
                                    reader -> reader.accept(contents),
                                    lines)
                            .run();
            return found.differenceCount() == 0;
        }
    }
}
