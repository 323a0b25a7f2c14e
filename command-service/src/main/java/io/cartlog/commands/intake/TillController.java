package io.cartlog.commands.intake;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import io.cartlog.schemas.command.CommandEnvelope;
import io.cartlog.schemas.value.CommandId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// A line of an external till, as one retail row (S1-01).
@RestController
final class TillController {
    private final CommandDesk desk;

    TillController(CommandDesk desk) {
        this.desk = desk;
    }

    @PostMapping(
            path = "/v1/events",
            consumes = APPLICATION_JSON_VALUE,
            produces = APPLICATION_JSON_VALUE)
    ResponseEntity<Object> record(HttpServletRequest request) {
        CommandId id = IdempotencyKey.of(request);
        JsonFields fields = desk.fields(request);
        RetailRow row = RetailRow.read(fields);
        CommandEnvelope envelope =
                new CommandEnvelope(id, row.account(), row.occurredAt(), row.purchase());
        return desk.decided(request, envelope, Map.of("event", RetailRow.echo(fields)));
    }
}
