package io.cartlog.cli.log;

import io.cartlog.schemas.event.RecordedEvent;
import java.io.PrintWriter;

/// Prints records as they come.
sealed interface EventsOutput {
    void begin();

    void print(LogRecord message);

    void end();

    /// Columns of fixed width, because nobody knows what is to come.
    record Table(PrintWriter out) implements EventsOutput {
        private static final String ROW = "%-9s %9s  %-20s %7s  %-24s %-17s %s%n";

        @Override
        public void begin() {
            out.printf(
                    ROW,
                    "partition",
                    "offset",
                    "account",
                    "version",
                    "occurred at",
                    "type",
                    "what");
        }

        @Override
        public void print(LogRecord message) {
            switch (message) {
                case LogRecord.Event m -> print(m.partition(), m.offset(), m.event());
                case LogRecord.Unreadable m ->
                        out.printf(
                                ROW,
                                m.partition(),
                                m.offset(),
                                "",
                                "",
                                "",
                                "(unreadable)",
                                m.reason());
            }
        }

        private void print(int partition, long offset, RecordedEvent event) {
            out.printf(
                    ROW,
                    partition,
                    offset,
                    event.account(),
                    event.version(),
                    event.occurredAt(),
                    event.event().type(),
                    EventText.words(event.event()));
        }

        @Override
        public void end() {
            out.flush();
        }
    }

    /// A JSON array with one record a line.
    final class JsonArray implements EventsOutput {
        private final PrintWriter out;
        private boolean first = true;

        JsonArray(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void begin() {
            out.print("[");
        }

        @Override
        public void print(LogRecord message) {
            out.print(first ? "\n" : ",\n");
            out.print(EventJson.line(message));
            first = false;
        }

        @Override
        public void end() {
            out.println(first ? "]" : "\n]");
            out.flush();
        }
    }

    /// One JSON object a line, for what has no end.
    record JsonLines(PrintWriter out) implements EventsOutput {
        @Override
        public void begin() {}

        @Override
        public void print(LogRecord message) {
            out.println(EventJson.line(message));
            out.flush();
        }

        @Override
        public void end() {}
    }
}
