package io.cartlog.cli.lake;

import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.TextTable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(
        name = "files",
        description = {
            "Lists the data files of the lake, with the offsets of the log that are in" + " each.",
            ""
        })
final class LakeFilesCommand implements Callable<Integer> {
    @Mixin LakeOptions lake = new LakeOptions();

    @Override
    public Integer call() {
        JsonNode files = lake.service().get(LakeOptions.BASE + "files");
        TextTable table = new TextTable("partition", "from", "to", "rows", "file");
        files.forEach(f ->
                table.row(
                        f.path("partition").asInt(),
                        f.path("from").asLong(),
                        f.path("to").asLong(),
                        f.path("rows").asLong(),
                        f.path("location").asString("")));
        lake.print(files, table);
        return ExitCode.DONE;
    }
}
