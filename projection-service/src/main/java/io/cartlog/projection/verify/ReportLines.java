package io.cartlog.projection.verify;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/// A long answer as NDJSON: lines with `progress`, four a second at most, and at last one with the
/// `report`, or with the `error` that kept it from one.
final class ReportLines implements Progress {
    private static final Logger LOG = LoggerFactory.getLogger(ReportLines.class);
    private static final long EVERY_NANOS = 250_000_000;

    private final OutputStream out;
    private final JsonMapper json;
    private long lastAt = System.nanoTime() - EVERY_NANOS;

    private ReportLines(OutputStream out, JsonMapper json) {
        this.out = out;
        this.json = json;
    }

    /// What takes long.
    interface Work {
        Object report(Progress progress) throws InterruptedException;
    }

    static void answer(HttpServletResponse response, JsonMapper json, Work work)
            throws IOException, InterruptedException {
        response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
        ReportLines lines = new ReportLines(response.getOutputStream(), json);
        try {
            lines.write(Map.of("report", work.report(lines)));
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("the views could not be compared");
            lines.write(Map.of("error", String.valueOf(e.getMessage())));
        }
    }

    private record Line(String stage, long done, long total) {}

    @Override
    public synchronized void report(String stage, long done, long total) {
        long now = System.nanoTime();
        if (done == total || now - lastAt >= EVERY_NANOS) {
            lastAt = now;
            write(Map.of("progress", new Line(stage, done, total)));
        }
    }

    private void write(Object line) {
        byte[] bytes = json.writeValueAsBytes(line);
        try {
            out.write(bytes);
            out.write('\n');
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
