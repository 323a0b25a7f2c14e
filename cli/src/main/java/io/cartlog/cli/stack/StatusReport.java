package io.cartlog.cli.stack;

import io.cartlog.cli.stack.StackStatus.ProcessStatus;
import io.cartlog.cli.terminal.Json;
import io.cartlog.cli.terminal.TextTable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A [StackStatus] as text.
final class StatusReport {
    private static final double MEGABYTE = 1024.0 * 1024.0;

    private StatusReport() {}

    static String of(StackStatus status, boolean json) {
        return json ? Json.pretty(status) : processes(status) + "\n\n" + addresses(status);
    }

    private static TextTable processes(StackStatus status) {
        TextTable table = new TextTable("process", "health", "port", "pid", "memory MB", "CPU s");
        for (ProcessStatus process : status.processes()) {
            table.row(
                    process.name(),
                    process.health(),
                    Integer.toString(process.port()),
                    process.pid() == null ? "" : Long.toString(process.pid()),
                    megabytes(process.rssBytes()),
                    seconds(process.cpuSeconds()));
        }
        return table;
    }

    private static TextTable addresses(StackStatus status) {
        return new TextTable("address", "")
                .row("http", status.http())
                .row("tokens", status.tokens())
                .row("kafka", status.kafka())
                .row("dynamodb", status.dynamodb())
                .row("s3", "%s, bucket %s".formatted(status.s3(), status.bucket()))
                .row("warehouse", status.warehouse())
                .row("catalog", status.catalog())
                .row("lake", status.lake())
                .row(
                        "credentials",
                        "%s / %s (DynamoDB, S3; region %s)"
                                .formatted(status.accessKey(), status.secretKey(), status.region()))
                .row("data", status.data());
    }

    private static String megabytes(@Nullable Long bytes) {
        return bytes == null ? "" : "%.0f".formatted(bytes / MEGABYTE);
    }

    private static String seconds(@Nullable Double seconds) {
        return seconds == null ? "" : String.format(Locale.ROOT, "%.1f", seconds);
    }
}
