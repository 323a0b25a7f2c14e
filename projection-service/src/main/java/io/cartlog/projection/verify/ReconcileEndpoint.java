package io.cartlog.projection.verify;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// Reconciles on demand. The answer is NDJSON: lines with `progress` while it works, and at last
/// one with the `report`, or with the `error` that kept it from one. One at a time; a second waits.
@RestController
class ReconcileEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(ReconcileEndpoint.class);

    private final Reconciliation reconciliation;
    private final JsonMapper json;
    private final ReentrantLock turn = new ReentrantLock();

    ReconcileEndpoint(Reconciliation reconciliation, JsonMapper json) {
        this.reconciliation = reconciliation;
        this.json = json;
    }

    @PostMapping("/internal/reconcile")
    void reconcile(HttpServletResponse response) throws IOException, InterruptedException {
        response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
        OutputStream out = response.getOutputStream();
        turn.lockInterruptibly();
        try {
            write(out, Map.of("report", reconciliation.run(new Lines(out))));
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("the views could not be reconciled");
            write(out, Map.of("error", String.valueOf(e.getMessage())));
        } finally {
            turn.unlock();
        }
    }

    private void write(OutputStream out, Object line) {
        byte[] bytes = json.writeValueAsBytes(line);
        try {
            out.write(bytes);
            out.write('\n');
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record ProgressLine(String stage, long done, long total) {}

    /// Lines of progress, four a second at most.
    private final class Lines implements Progress {
        private static final long EVERY_NANOS = 250_000_000;

        private final OutputStream out;
        private long lastAt = System.nanoTime() - EVERY_NANOS;

        Lines(OutputStream out) {
            this.out = out;
        }

        @Override
        public synchronized void report(String stage, long done, long total) {
            long now = System.nanoTime();
            if (done == total || now - lastAt >= EVERY_NANOS) {
                lastAt = now;
                write(out, Map.of("progress", new ProgressLine(stage, done, total)));
            }
        }
    }
}
