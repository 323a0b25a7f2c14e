package io.cartlog.commands.intake;

import io.cartlog.schemas.click.Click;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// What shoppers do on the site (S2-01): a line of JSON for each click, and a line back for each in
/// the same order. A bad line never stops the others.
@RestController
final class ClickController {
    private final RequestBodies bodies;
    private final ClickLog log;
    private final MeterRegistry meters;
    private final Semaphore batches;

    ClickController(
            RequestBodies bodies, ClickLog log, MeterRegistry meters, IntakeSettings settings) {
        this.bodies = bodies;
        this.log = log;
        this.meters = meters;
        this.batches = new Semaphore(settings.maxBatches());
    }

    @PostMapping(
            path = "/v1/clicks/batch",
            consumes = {BodyLine.NDJSON, "application/jsonl"},
            produces = BodyLine.NDJSON)
    void batch(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!batches.tryAcquire()) {
            throw new ProblemException(Problem.tooManyInFlight());
        }
        try (Batch batch = bodies.read(request, BodyLine.MEGABYTES, this::send)) {
            response.setContentType(BodyLine.NDJSON);
            answer(batch, response.getOutputStream());
        } finally {
            batches.release();
        }
    }

    /// Lines that are under way, in their order.
    private record Batch(List<Outcome> outcomes, ClickLog.Slots slots) implements AutoCloseable {
        @Override
        public void close() {
            slots.close();
        }
    }

    /// What became of a line: under way, or not even sent.
    private sealed interface Outcome {
        record Sent(int line, Click click, ClickLog.Pending pending) implements Outcome {}

        record Bad(int line, Problem problem) implements Outcome {}
    }

    /// Sends all lines without waiting in between.
    private Batch send(byte[] body) {
        List<BodyLine> lines = BodyLine.of(body);
        ClickLog.Slots slots = log.reserve(lines.size());
        List<Outcome> outcomes = new ArrayList<>(lines.size());
        for (BodyLine line : lines) {
            outcomes.add(send(body, line, slots));
        }
        return new Batch(outcomes, slots);
    }

    private static Outcome send(byte[] body, BodyLine line, ClickLog.Slots slots) {
        try {
            Click click = ClickLine.read(body, line.offset(), line.length());
            return new Outcome.Sent(line.number(), click, slots.send(click));
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
            case Outcome.Sent sent -> written(sent, patience);
        };
    }

    private Map<String, Object> written(Outcome.Sent sent, Patience patience) {
        try {
            sent.pending().await(patience);
            patience.renew();
        } catch (ProblemException e) {
            return problem(sent.line(), e.problem());
        }
        count("accepted");
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("line", sent.line());
        json.put("status", 200);
        json.put("account", sent.click().account().value());
        json.put("clickId", sent.click().id().value());
        return json;
    }

    private Map<String, Object> problem(int line, Problem problem) {
        count(problem.code().text());
        return problem.ofLine(line);
    }

    private void count(String outcome) {
        meters.counter("cartlog.clicks", "outcome", outcome).increment();
    }
}
