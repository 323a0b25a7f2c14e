package io.cartlog.cli.lake;

import io.cartlog.cli.terminal.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(
        name = "clean",
        description = {
            "Removes files older than a day that belong to no snapshot: what was left"
                    + " behind by processes that died.",
            ""
        })
final class LakeCleanCommand implements Callable<Integer> {
    @Mixin LakeOptions lake = new LakeOptions();

    @Override
    public Integer call() {
        JsonNode done = lake.service().post(LakeOptions.BASE + "clean");
        lake.print(done, "%,d files removed".formatted(done.path("removed").size()));
        return ExitCode.DONE;
    }
}
