package io.cartlog.commands.intake;

import io.cartlog.schemas.reply.CartReply.Accepted;
import io.cartlog.schemas.reply.CartReply.NoOutcome;
import io.cartlog.schemas.reply.CartReply.Refusal;
import io.cartlog.schemas.reply.ReplyEnvelope;
import io.cartlog.service.tracing.Tracing;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// Many commands in one request, for loaders: a line of JSON each, and a line of JSON back for
/// each, in the same order. A bad line never stops the others.
@RestController
final class BatchController {
    private final RequestBodies bodies;
    private final PendingReplies replies;
    private final CommandDesk desk;
    private final Tracing tracing;
    private final Semaphore batches;

    BatchController(
            RequestBodies bodies,
            PendingReplies replies,
            CommandDesk desk,
            Tracing tracing,
            IntakeSettings settings) {
        this.bodies = bodies;
        this.replies = replies;
        this.desk = desk;
        this.tracing = tracing;
        this.batches = new Semaphore(settings.maxBatches());
    }

    @PostMapping(
            path = "/v1/events/batch",
            consumes = {BodyLine.NDJSON, "application/jsonl"},
            produces = BodyLine.NDJSON)
    void batch(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!batches.tryAcquire()) {
            throw new ProblemException(Problem.tooManyInFlight());
        }
        byte[] trace = TraceIds.header(request);
        try (Batch batch = bodies.read(request, BodyLine.MEGABYTES, body -> send(body, trace))) {
            response.setContentType(BodyLine.NDJSON);
            answer(batch, response.getOutputStream());
        } finally {
            batches.release();
        }
    }

    /// Lines that are under way, in their order.
    private record Batch(List<Outcome> outcomes, PendingReplies.Slots slots)
            implements AutoCloseable {
        @Override
        public void close() {
            slots.close();
        }
    }

    /// What became of a line: under way, or not even sent.
    private sealed interface Outcome {
        record Sent(int line, PendingReply reply) implements Outcome {}

        record Bad(int line, Problem problem) implements Outcome {}
    }

    /// Sends all lines without waiting in between. Of a request that is followed the first one is,
    /// and a share of the others.
    private Batch send(byte[] body, byte @Nullable [] trace) {
        List<BodyLine> lines = BodyLine.of(body);
        PendingReplies.Slots slots = replies.reserve(lines.size());
        List<Outcome> outcomes = new ArrayList<>(lines.size());
        for (BodyLine line : lines) {
            boolean followed = trace != null && (outcomes.isEmpty() || tracing.isChosen());
            outcomes.add(send(body, line, slots, followed ? trace : null));
        }
        return new Batch(outcomes, slots);
    }

    private static Outcome send(
            byte[] body, BodyLine line, PendingReplies.Slots slots, byte @Nullable [] trace) {
        try {
            var command = BatchLine.read(body, line.offset(), line.length());
            return new Outcome.Sent(line.number(), slots.send(command, trace));
        } catch (ProblemException e) {
            return new Outcome.Bad(line.number(), e.problem());
        }
    }

    private void answer(Batch batch, OutputStream out) throws IOException {
        Patience patience = batch.slots().patience();
        for (Outcome outcome : batch.outcomes()) {
            out.write(JsonFields.MAPPER.writeValueAsBytes(answer(outcome, patience)));
            out.write('\n');
        }
    }

    private Map<String, Object> answer(Outcome outcome, Patience patience) {
        return switch (outcome) {
            case Outcome.Bad bad -> problem(bad.line(), bad.problem());
            case Outcome.Sent sent -> reply(sent, patience);
        };
    }

    private Map<String, Object> reply(Outcome.Sent sent, Patience patience) {
        ReplyEnvelope reply;
        try {
            reply = sent.reply().await(patience);
            patience.renew();
        } catch (ProblemException e) {
            return problem(sent.line(), e.problem());
        }
        Map<String, Object> json =
                switch (reply.reply()) {
                    case Accepted accepted -> accepted(sent.line(), accepted);
                    case Refusal refusal -> problem(sent.line(), Problem.of(refusal));
                    case NoOutcome _ -> throw new IllegalStateException("a command has no outcome");
                };
        json.put("account", reply.account().value());
        json.put("version", reply.version());
        json.put("replayed", reply.replayed());
        return json;
    }

    private Map<String, Object> accepted(int line, Accepted accepted) {
        desk.count("accepted");
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("line", line);
        json.put("status", 200);
        if (!accepted.events().isEmpty()) {
            json.put("eventId", accepted.events().getFirst().eventId().toString());
            json.put("type", accepted.events().getFirst().event().type());
        }
        CommandDesk.putOrder(json, accepted);
        return json;
    }

    private Map<String, Object> problem(int line, Problem problem) {
        desk.count(problem.code().text());
        return problem.ofLine(line);
    }
}
