package io.cartlog.cli.openapi;

import io.cartlog.cli.openapi.OpenApi.Operation;
import io.cartlog.cli.openapi.OpenApi.Parameter;
import io.cartlog.cli.terminal.Json;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Requests as the document's examples have them, for an account, an order and a command that are
/// there.
///
/// @param order empty for the document's own
/// @param command empty for the document's own
public record Examples(OpenApi document, String account, String order, String command) {
    /// What must be there is there, and nothing else but the body.
    ///
    /// @param key of the command
    /// @param own token of the account, for operations that take one
    /// @param tokens by scope, for the others
    public Call call(Operation operation, String key, String own, Map<String, String> tokens) {
        Call call = Call.of(operation.method(), path(operation));
        for (Parameter parameter : document.parameters(operation)) {
            if (parameter.required() && parameter.in().equals("query")) {
                call = call.withQuery(parameter.name() + "=" + parameter.example());
            }
            if (parameter.required() && parameter.in().equals("header")) {
                boolean names = parameter.name().equals("Idempotency-Key");
                call = call.plus(parameter.name(), names ? key : parameter.example());
            }
        }
        if (!operation.scopes().isEmpty()) {
            String scope = operation.scopes().getFirst();
            call =
                    call.plus(
                            "Authorization",
                            "Bearer " + (scope.equals("cart") ? own : tokens.get(scope)));
        }
        return operation.takesBody() ? withBody(operation, call) : call;
    }

    /// With the values that are known put in.
    String path(Operation operation) {
        String path = operation.path();
        for (Parameter parameter : document.parameters(operation)) {
            if (parameter.in().equals("path")) {
                path = path.replace("{" + parameter.name() + "}", value(parameter));
            }
        }
        return path;
    }

    String value(Parameter parameter) {
        String known =
                switch (parameter.name()) {
                    case "account" -> account;
                    case "orderId" -> order;
                    case "commandId" -> command;
                    default -> "";
                };
        return known.isEmpty() ? parameter.example() : known;
    }

    private Call withBody(Operation operation, Call call) {
        JsonNode example = document.bodyExample(operation);
        return call.with("Content-Type", operation.bodyType())
                .withBody(operation.isBatch() ? example.asString() : Json.line(example));
    }
}
