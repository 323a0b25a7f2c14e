package io.cartlog.cli.terminal;

import picocli.CommandLine.Option;

/// `--output table|csv|json` of commands that print rows.
public final class TableOutput {
    /// What rows can be printed as.
    public enum Format {
        table,
        csv,
        json
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description =
                    "table, csv or json; json prints nothing but JSON on stdout (default:"
                            + " ${DEFAULT-VALUE})")
    Format format = Format.table;

    public Format format() {
        return format;
    }
}
