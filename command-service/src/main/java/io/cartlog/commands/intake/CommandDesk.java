package io.cartlog.commands.intake;

import io.cartlog.commands.intake.JsonFields.Field;
import io.cartlog.commands.problem.ProblemCode;
import io.cartlog.schemas.command.CartCommand;
import io.cartlog.schemas.command.CartCommand.LookUp;
import io.cartlog.schemas.command.CommandEnvelope;
import io.cartlog.schemas.event.CartEvent.CheckedOut;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.reply.CartReply.Accepted;
import io.cartlog.schemas.reply.CartReply.NoOutcome;
import io.cartlog.schemas.reply.CartReply.Refusal;
import io.cartlog.schemas.reply.ReplyEnvelope;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.schemas.value.ConsistencyToken;
import io.cartlog.service.problem.TraceId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
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
    private final AccountRates rates;
    private final MeterRegistry meters;
    private final ConcurrentMap<String, Counter> outcomes = new ConcurrentHashMap<>();

    CommandDesk(
            RequestBodies bodies,
            PendingReplies replies,
            RateSettings rates,
            MeterRegistry meters) {
        this.bodies = bodies;
        this.replies = replies;
        this.rates = new AccountRates(rates, System::nanoTime);
        this.meters = meters;
        meters.gauge("cartlog.commands.rate.buckets", this.rates, AccountRates::size);
    }

    /// @param command reads the command's fields and makes it of them once they are checked
    ResponseEntity<Object> handle(
            HttpServletRequest request, String account, CommandReader command) {
        return handle(request, account, IfMatch.optional(request), command);
    }

    /// As [#handle], for what nobody should do who has not looked at the cart before.
    ResponseEntity<Object> handleGuarded(
            HttpServletRequest request, String account, CommandReader command) {
        return handle(request, account, IfMatch.required(request), command);
    }

    private ResponseEntity<Object> handle(
            HttpServletRequest request,
            String account,
            @Nullable Long expectedVersion,
            CommandReader command) {
        CommandId id = IdempotencyKey.of(request);
        CommandEnvelope envelope = envelope(id, account, expectedVersion, fields(request), command);
        rates.take(envelope.account());
        return decided(request, envelope, Map.of());
    }

    /// Has a command decided.
    ///
    /// @param more further members of the answer
    ResponseEntity<Object> decided(
            HttpServletRequest request, CommandEnvelope envelope, Map<String, ?> more) {
        try (PendingReplies.Slots slot = replies.reserve(1)) {
            Preference preference = Preference.of(request, slot.timeout());
            PendingReply pending = slot.send(envelope, TraceIds.header(request));
            ReplyEnvelope reply = pending.within(preference.patience(), slot.patience());
            return reply == null
                    ? CommandResource.accepted(envelope, preference)
                    : answer(reply, more, TraceId.of(request));
        }
    }

    /// What became of a command.
    ///
    /// @return null if that is not known in time
    @Nullable ReplyEnvelope lookedUp(AccountId account, CommandId command) {
        rates.take(account);
        CommandId id = new CommandId(UUID.randomUUID().toString());
        try (PendingReplies.Slots slot = replies.reserve(1)) {
            return slot.send(new CommandEnvelope(id, account, null, new LookUp(command)), null)
                    .within(slot.timeout(), slot.patience());
        }
    }

    /// The request's fields; a request without a body has none.
    ///
    /// @throws ProblemException if the body says that it is something else than JSON
    JsonFields fields(HttpServletRequest request) {
        requireJson(request.getContentType());
        return bodies.read(
                request,
                MEGABYTES,
                body ->
                        body.length == 0 && request.getContentType() == null
                                ? JsonFields.empty()
                                : JsonFields.parse(body, 0, body.length));
    }

    private static void requireJson(@Nullable String contentType) {
        if (contentType != null
                && !contentType
                        .split(";", 2)[0]
                        .strip()
                        .equalsIgnoreCase(MediaType.APPLICATION_JSON_VALUE)) {
            throw new ProblemException(
                    new Problem(
                            ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                            "a body must be " + MediaType.APPLICATION_JSON_VALUE));
        }
    }

    /// @throws ProblemException if the fields are not as they must be
    static CommandEnvelope envelope(
            CommandId id,
            String account,
            @Nullable Long expectedVersion,
            JsonFields fields,
            CommandReader command) {
        Field<AccountId> owner = fields.fromPath("account", () -> new AccountId(account));
        Supplier<? extends CartCommand> checked = command.read(fields);
        Field<Instant> occurredAt = CommandFields.occurredAt(fields);
        fields.refuseInvalid();
        return new CommandEnvelope(
                id, owner.value(), occurredAt.orNull(), expectedVersion, checked.get());
    }

    private ResponseEntity<Object> answer(
            ReplyEnvelope reply, Map<String, ?> more, String traceId) {
        return switch (reply.reply()) {
            case Accepted accepted -> {
                count("accepted");
                Map<String, Object> body = body(reply, accepted);
                body.putAll(more);
                yield marked(ResponseEntity.status(status(accepted)), reply)
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(whole(body));
            }
            case Refusal refusal -> {
                Problem problem = Problem.of(refusal);
                count(problem.code().text());
                yield marked(ProblemAdvice.response(problem), reply)
                        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                        .body(whole(members(problem, reply, traceId)));
            }
            case NoOutcome _ -> throw new IllegalStateException("a command has no outcome");
        };
    }

    /// The body's bytes. With their number known, head and body leave in one piece; what is written
    /// bit by bit leaves in chunks, each with a call of the system.
    private static byte[] whole(Map<String, Object> body) {
        return JsonFields.MAPPER.writeValueAsBytes(body);
    }

    static HttpStatus status(Accepted accepted) {
        return checkedOut(accepted) == null ? HttpStatus.OK : HttpStatus.CREATED;
    }

    /// The body of a refusal.
    static Map<String, Object> members(Problem problem, ReplyEnvelope reply, String traceId) {
        Map<String, Object> body = problem.members(traceId);
        body.put("account", reply.account().value());
        body.putIfAbsent("version", reply.version());
        return body;
    }

    /// @param outcome one of a few
    void count(String outcome) {
        outcomes.computeIfAbsent(outcome, it -> meters.counter("cartlog.commands", "outcome", it))
                .increment();
    }

    /// The body of what was accepted: the same bytes each time that it is asked for. A header says
    /// whether this is the first time.
    static Map<String, Object> body(ReplyEnvelope reply, Accepted accepted) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("account", reply.account().value());
        body.put("version", reply.version());
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
        response.header(
                ConsistencyToken.HEADER,
                new ConsistencyToken(reply.account(), reply.version()).toString());
        if (reply.replayed()) {
            response.header(IdempotencyKey.REPLAYED, "true");
        }
        return response;
    }
}
