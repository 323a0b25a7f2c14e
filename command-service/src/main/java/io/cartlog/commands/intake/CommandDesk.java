package io.cartlog.commands.intake;

import io.cartlog.commands.intake.JsonFields.Field;
import io.cartlog.schemas.command.CartCommand;
import io.cartlog.schemas.command.CommandEnvelope;
import io.cartlog.schemas.event.CartEvent.CheckedOut;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.reply.CartReply.Accepted;
import io.cartlog.schemas.reply.CartReply.Refusal;
import io.cartlog.schemas.reply.ReplyEnvelope;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CommandId;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.ResponseEntity.BodyBuilder;
import org.springframework.stereotype.Component;

/// Takes one command from a request, has it decided and answers.
@Component
final class CommandDesk {
    private static final int MEGABYTES = 1;

    private final RequestBodies bodies;
    private final PendingReplies replies;
    private final MeterRegistry meters;

    CommandDesk(RequestBodies bodies, PendingReplies replies, MeterRegistry meters) {
        this.bodies = bodies;
        this.replies = replies;
        this.meters = meters;
    }

    /// @param command reads the command's fields and makes it of them once they are checked
    ResponseEntity<Object> handle(
            HttpServletRequest request, String account, CommandReader command) {
        CommandId id = IdempotencyKey.of(request);
        CommandEnvelope envelope = envelope(id, account, fields(request), command);
        return answer(decided(envelope), Map.of());
    }

    /// The request's fields; a request without a body has none.
    JsonFields fields(HttpServletRequest request) {
        return bodies.read(
                request,
                MEGABYTES,
                body ->
                        body.length == 0 && request.getContentType() == null
                                ? JsonFields.empty()
                                : JsonFields.parse(body, 0, body.length));
    }

    /// @throws ProblemException if the fields are not as they must be
    static CommandEnvelope envelope(
            CommandId id, String account, JsonFields fields, CommandReader command) {
        Field<AccountId> owner = fields.fromPath("account", () -> new AccountId(account));
        Supplier<? extends CartCommand> checked = command.read(fields);
        Field<Instant> occurredAt = CommandFields.occurredAt(fields);
        fields.refuseInvalid();
        return new CommandEnvelope(id, owner.value(), occurredAt.orNull(), checked.get());
    }

    /// @throws ProblemException if there is no reply in time
    ReplyEnvelope decided(CommandEnvelope envelope) {
        try (PendingReplies.Slots slot = replies.reserve(1)) {
            return slot.send(envelope).await(slot.patience());
        }
    }

    /// @param more further members of the answer
    ResponseEntity<Object> answer(ReplyEnvelope reply, Map<String, ?> more) {
        return switch (reply.reply()) {
            case Accepted accepted -> {
                count("accepted");
                HttpStatus status =
                        checkedOut(accepted) == null ? HttpStatus.OK : HttpStatus.CREATED;
                Map<String, Object> body = body(reply, accepted);
                body.putAll(more);
                yield marked(ResponseEntity.status(status), reply)
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(body);
            }
            case Refusal refusal -> {
                Problem problem = Problem.of(refusal);
                count(problem.code());
                Map<String, Object> body = problem.members();
                body.put("account", reply.account().value());
                body.put("version", reply.version());
                yield marked(ResponseEntity.status(problem.status()), reply)
                        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                        .body(body);
            }
        };
    }

    void count(String outcome) {
        meters.counter("cartlog.commands", "outcome", outcome).increment();
    }

    private static Map<String, Object> body(ReplyEnvelope reply, Accepted accepted) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("account", reply.account().value());
        body.put("version", reply.version());
        body.put("replayed", reply.replayed());
        putOrder(body, accepted);
        body.put("events", accepted.events().stream().map(EventJson::of).toList());
        return body;
    }

    /// The order that a checkout made.
    static void putOrder(Map<String, Object> body, Accepted accepted) {
        CheckedOut order = checkedOut(accepted);
        if (order != null) {
            body.put("orderId", order.orderId().value());
            body.put("total", order.total().toString());
        }
    }

    private static @Nullable CheckedOut checkedOut(Accepted accepted) {
        for (RecordedEvent event : accepted.events()) {
            if (event.event() instanceof CheckedOut order) {
                return order;
            }
        }
        return null;
    }

    private static BodyBuilder marked(BodyBuilder response, ReplyEnvelope reply) {
        response.header(IdempotencyKey.HEADER, reply.commandId().value());
        response.header(HttpHeaders.ETAG, "\"" + reply.version() + "\"");
        if (reply.replayed()) {
            response.header(IdempotencyKey.REPLAYED, "true");
        }
        return response;
    }
}
