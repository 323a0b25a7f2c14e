package io.cartlog.cli.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cartlog.cli.service.TokenSource.Token;
import io.cartlog.cli.stack.StackOptions;
import io.cartlog.cli.stack.TokenClient;
import io.cartlog.cli.terminal.Checks;
import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.Json;
import io.cartlog.cli.terminal.Terminal;
import io.cartlog.cli.terminal.TextOutput;
import io.cartlog.schemas.value.AccountId;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "token",
        description = {
            "Prints a token of the stack's authorization server, good for ten minutes.",
            "",
            "  cart   one account, as the shop's frontend has it",
            "  staff  invoices, and who has a product",
            "  ops    everything",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog token --account 10000042",
            "  ./cartlog token --scope staff --output json",
            "  curl -H \"Authorization: Bearer $(./cartlog token --scope ops)\" \\",
            "      http://localhost:8080/actuator/prometheus"
        })
public final class TokenCommand implements Callable<Integer> {
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Mixin StackOptions stack = new StackOptions();
    @Mixin TextOutput output = new TextOutput();

    @Option(
            names = "--account",
            paramLabel = "ACCOUNT",
            description = "whose cart; needed for the scope cart, and of no meaning for others")
    @Nullable String account;

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            defaultValue = "cart",
            description = "cart, staff or ops (default: ${DEFAULT-VALUE})")
    String scope = "cart";

    /// What is printed as JSON.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Printed(
            String accessToken,
            String tokenType,
            String scope,
            @Nullable String account,
            Instant expiresAt) {}

    @Override
    public Integer call() {
        TokenClient client =
                TokenClient.ofScope(scope)
                        .orElseThrow(() -> usage("--scope must be cart, staff or ops"));
        String whose = client == TokenClient.SHOP ? account() : null;
        Token token = stack.stack().tokens(client).fetch(scope, whose);
        Terminal terminal = Terminal.of(spec);
        terminal.print(
                output.json()
                        ? Json.pretty(
                                new Printed(
                                        token.value(), "Bearer", scope, whose, token.expiresAt()))
                        : token.value());
        return ExitCode.DONE;
    }

    private String account() {
        String given = account;
        if (given == null) {
            throw usage("the scope cart needs --account");
        }
        return Checks.usage(spec, () -> new AccountId(given)).value();
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
