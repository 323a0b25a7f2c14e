package io.cartlog.cli.lake;

import io.cartlog.cli.service.Service;
import io.cartlog.cli.stack.Stack;
import io.cartlog.cli.stack.StackOptions;
import io.cartlog.cli.terminal.Json;
import io.cartlog.cli.terminal.Terminal;
import io.cartlog.cli.terminal.TextOutput;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// Which stack's lake, and how to print; a mixin of every command on the lake.
final class LakeOptions {
    static final String BASE = "/internal/lake/";

    @SuppressWarnings("NullAway.Init")
    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    @Mixin StackOptions stack = new StackOptions();
    @Mixin TextOutput output = new TextOutput();

    Service service() {
        Stack asked = stack.stack();
        return new Service("analytics-sink", asked.status().sink(), asked.opsTokens());
    }

    /// @param text for a person, of the same
    void print(JsonNode answer, Object text) {
        Terminal.of(command).print(output.json() ? Json.pretty(answer) : text);
    }
}
