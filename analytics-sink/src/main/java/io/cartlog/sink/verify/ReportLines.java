package io.cartlog.sink.verify;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// What is done and found, one JSON object a line: `{"progress":{...}}` and at last
/// `{"report":{...}}`, or `{"error":{...}}` when it could not be finished.
record ReportLines(OutputStream out, JsonMapper json) implements Reconciliation.Listener {
    private record Progress(String stage, long done, long total) {}

    @Override
    public void progress(String stage, long done, long total) {
        line("progress", new Progress(stage, done, total));
    }

    void report(Object report) {
        line("report", report);
    }

    void error(String detail) {
        line("error", Map.of("detail", detail));
    }

    private void line(String name, Object content) {
        try {
            out.write(json.writeValueAsBytes(Map.of(name, content)));
            out.write('\n');
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
