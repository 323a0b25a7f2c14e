package io.cartlog.cli.load;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options of every load.
public final class LoadOptions extends SendingOptions {
    @Option(
            names = "--rejects",
            paramLabel = "FILE",
            description = "writes every line that was not accepted, with its number and the reason")
    @Nullable Path rejects;
}
