package io.cartlog.cli.terminal;

import picocli.CommandLine.Option;

/// `--output text|json` of commands that print a report.
public final class TextOutput {
    /// What a report can be printed as.
    public enum Format {
        text,
        json
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description =
                    "text or json; json prints nothing but JSON on stdout (default:"
                            + " ${DEFAULT-VALUE})")
    Format format = Format.text;

    public boolean json() {
        return format == Format.json;
    }
}
