package io.cartlog.cli.dlq;

import io.cartlog.cli.service.Service;
import io.cartlog.cli.stack.Stack;
import io.cartlog.cli.stack.StackOptions;
import io.cartlog.cli.terminal.Terminal;
import io.cartlog.cli.terminal.TextOutput;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// Which stack, and how to print; a mixin of every command on dead letters.
final class DlqOptions {
    static final String PATH = "/internal/dead-letters";

    @SuppressWarnings("NullAway.Init")
    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    @Mixin StackOptions stack = new StackOptions();
    @Mixin TextOutput output = new TextOutput();

    Terminal terminal() {
        return Terminal.of(command);
    }

    Service service() {
        Stack asked = stack.stack();
        return new Service("projection-service", asked.status().projection(), asked.opsTokens());
    }

    JsonNode letters() {
        return service().get(PATH);
    }
}
