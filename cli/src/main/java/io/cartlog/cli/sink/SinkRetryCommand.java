package io.cartlog.cli.sink;

import io.cartlog.cli.terminal.ExitCode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "retry",
        description = {
            "Loads files that have been repaired, each once however often it is asked for; if one"
                    + " still cannot be loaded, the exit code is 3.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog sink retry",
            "  ./cartlog sink retry s3://cartlog/lake/cart/events/data/..."
        })
final class SinkRetryCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "its location, as `failed` names it (default: all that wait)")
    @Nullable String file;

    @Mixin SinkOptions sink = new SinkOptions();

    @Override
    public Integer call() {
        JsonNode answer = sink.service().post(SinkOptions.RETRY + query());
        sink.print(answer, SinkText::retried);
        return StreamSupport.stream(answer.path("files").spliterator(), false)
                        .anyMatch(f -> f.path("outcome").asString("").equals("STILL_FAULTY"))
                ? ExitCode.DIFFERENCE
                : ExitCode.DONE;
    }

    private String query() {
        return file == null ? "" : "?file=" + URLEncoder.encode(file, StandardCharsets.UTF_8);
    }
}
