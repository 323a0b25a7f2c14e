package io.cartlog.cli.views;

import io.cartlog.cli.service.LongAnswer;
import io.cartlog.cli.service.Service;
import io.cartlog.cli.stack.Stack;
import io.cartlog.cli.stack.StackOptions;
import io.cartlog.cli.terminal.Terminal;
import io.cartlog.cli.terminal.TextOutput;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// Which view of which stack, and how to print; a mixin of every command on views.
final class ViewOptions {
    @SuppressWarnings("NullAway.Init")
    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            defaultValue = "CustomerPurchases",
            description = "the view (default: ${DEFAULT-VALUE})")
    String name = "CustomerPurchases";

    @Mixin StackOptions stack = new StackOptions();
    @Mixin TextOutput output = new TextOutput();

    Terminal terminal() {
        return Terminal.of(command);
    }

    Service service() {
        Stack asked = stack.stack();
        return new Service("projection-service", asked.status().projection(), asked.opsTokens());
    }

    JsonNode status(Service service) {
        return service.get(path("", Map.of()));
    }

    JsonNode post(String action, Map<String, String> parameters) {
        return service().post(path(action, parameters));
    }

    JsonNode report(String action, Map<String, String> parameters) {
        return LongAnswer.report(service(), path(action, parameters), "views", terminal());
    }

    String path(String action, Map<String, String> parameters) {
        String query =
                parameters.entrySet().stream()
                        .map(e -> e.getKey() + "=" + encoded(e.getValue()))
                        .collect(Collectors.joining("&"));
        return "/internal/views/"
                + encoded(name)
                + (action.isEmpty() ? "" : "/" + action)
                + (query.isEmpty() ? "" : "?" + query);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
