package io.cartlog.cli.sink;

import io.cartlog.cli.service.Service;
import io.cartlog.cli.stack.Stack;
import io.cartlog.cli.stack.StackOptions;
import io.cartlog.cli.terminal.Json;
import io.cartlog.cli.terminal.Terminal;
import io.cartlog.cli.terminal.TextOutput;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// The sink of which stack, and how to print; a mixin of every command on the sink.
final class SinkOptions {
    static final String PROGRESS = "/internal/progress";
    static final String FLUSH = "/internal/flush";
    static final String QUARANTINE = "/internal/quarantine";
    static final String RETRY = "/internal/quarantine/retry";

    @SuppressWarnings("NullAway.Init")
    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    @Mixin StackOptions stack = new StackOptions();
    @Mixin TextOutput output = new TextOutput();

    Service service() {
        Stack asked = stack.stack();
        return new Service("analytics-sink", asked.status().sink(), asked.opsTokens());
    }

    void print(JsonNode answer, Function<JsonNode, String> text) {
        Terminal.of(command).print(output.json() ? Json.pretty(answer) : text.apply(answer));
    }
}
