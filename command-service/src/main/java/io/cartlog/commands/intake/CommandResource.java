package io.cartlog.commands.intake;

import io.cartlog.commands.intake.JsonFields.Field;
import io.cartlog.commands.problem.ProblemCode;
import io.cartlog.schemas.command.CommandEnvelope;
import io.cartlog.schemas.reply.CartReply.Accepted;
import io.cartlog.schemas.reply.CartReply.Pending;
import io.cartlog.schemas.reply.CartReply.Refusal;
import io.cartlog.schemas.reply.CartReply.Unknown;
import io.cartlog.schemas.reply.ReplyEnvelope;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.service.problem.TraceId;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.ResponseEntity.BodyBuilder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;

/// What became of a command, for those who did not wait for it.
///
/// The question goes through the log to the account's decider, behind the command itself. So any
/// instance can answer, and an answer "unknown" means that the command is not in the log.
@RestController
final class CommandResource {
    private static final String RETRY_SECONDS = "1";

    private final CommandDesk desk;

    CommandResource(CommandDesk desk) {
        this.desk = desk;
    }

    /// To whoever does not wait any longer.
    static ResponseEntity<Object> accepted(CommandEnvelope command, Preference preference) {
        BodyBuilder response =
                ResponseEntity.status(HttpStatus.ACCEPTED)
                        .header(HttpHeaders.LOCATION, location(command))
                        .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                        .header(IdempotencyKey.HEADER, command.commandId().value());
        if (preference.async()) {
            response.header(Preference.APPLIED, Preference.RESPOND_ASYNC);
        }
        return response.body(body(command.account(), command.commandId(), "pending"));
    }

    private static String location(CommandEnvelope command) {
        return "/v1/accounts/"
                + UriUtils.encode(command.account().value(), StandardCharsets.UTF_8)
                + "/commands/"
                + UriUtils.encode(command.commandId().value(), StandardCharsets.UTF_8);
    }

    @GetMapping("/v1/accounts/{account}/commands/{commandId}")
    ResponseEntity<Object> outcome(
            HttpServletRequest request,
            @PathVariable String account,
            @PathVariable String commandId) {
        JsonFields path = JsonFields.empty();
        Field<AccountId> owner = path.fromPath("account", () -> new AccountId(account));
        Field<CommandId> command = path.fromPath("commandId", () -> new CommandId(commandId));
        path.refuseInvalid();
        ReplyEnvelope reply = desk.lookedUp(owner.value(), command.value());
        return reply == null
                ? pending(owner.value(), command.value())
                : outcome(reply, TraceId.of(request));
    }

    private static ResponseEntity<Object> outcome(ReplyEnvelope reply, String traceId) {
        return switch (reply.reply()) {
            case Accepted accepted -> {
                Map<String, Object> body = body(reply.account(), reply.commandId(), "applied");
                body.put("answerStatus", CommandDesk.status(accepted).value());
                body.put("answer", CommandDesk.body(reply, accepted));
                yield ResponseEntity.ok(body);
            }
            case Refusal refusal -> {
                Problem problem = Problem.of(refusal);
                Map<String, Object> body = body(reply.account(), reply.commandId(), "refused");
                body.put("answerStatus", problem.status());
                body.put("problem", CommandDesk.members(problem, reply, traceId));
                yield ResponseEntity.ok(body);
            }
            case Pending _ -> pending(reply.account(), reply.commandId());
            case Unknown _ ->
                    throw new ProblemException(
                            new Problem(
                                    ProblemCode.COMMAND_NOT_FOUND,
                                    "no such command has come to the account, or it is forgotten"));
        };
    }

    private static ResponseEntity<Object> pending(AccountId account, CommandId command) {
        return ResponseEntity.ok()
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .body(body(account, command, "pending"));
    }

    private static Map<String, Object> body(AccountId account, CommandId command, String status) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("account", account.value());
        body.put("commandId", command.value());
        body.put("status", status);
        return body;
    }
}
