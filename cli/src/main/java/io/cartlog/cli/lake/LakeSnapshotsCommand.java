package io.cartlog.cli.lake;

import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.TextTable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(
        name = "snapshots",
        description = {"Lists the snapshots that can be gone back to, newest first.", ""})
final class LakeSnapshotsCommand implements Callable<Integer> {
    @Mixin LakeOptions lake = new LakeOptions();

    @Override
    public Integer call() {
        JsonNode snapshots = lake.service().get(LakeOptions.BASE + "snapshots");
        TextTable table =
                new TextTable(
                        "snapshot", "committed", "kind", "rows", "files", "all rows", "all files");
        snapshots.forEach(s ->
                table.row(
                        s.path("id").asString(""),
                        s.path("committedAt").asString(""),
                        s.path("operation").asString(""),
                        s.path("rows").asLong(),
                        s.path("files").asLong(),
                        s.path("totalRows").asLong(),
                        s.path("totalFiles").asLong()));
        lake.print(snapshots, table);
        return ExitCode.DONE;
    }
}
