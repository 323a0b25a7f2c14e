package io.cartlog.cli.lake;

import io.cartlog.cli.terminal.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(
        name = "compact",
        description = {
            "Makes large files of small ones. What is in the lake stays the same, and"
                    + " nothing is loaded into the warehouse again.",
            ""
        })
final class LakeCompactCommand implements Callable<Integer> {
    @Mixin LakeOptions lake = new LakeOptions();

    @Override
    public Integer call() {
        JsonNode done = lake.service().post(LakeOptions.BASE + "compact");
        lake.print(
                done,
                "%,d files with %,d rows became %,d"
                        .formatted(
                                done.path("filesBefore").asLong(),
                                done.path("rows").asLong(),
                                done.path("filesAfter").asLong()));
        return ExitCode.DONE;
    }
}
