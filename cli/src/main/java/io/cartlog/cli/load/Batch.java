package io.cartlog.cli.load;

import io.cartlog.cli.terminal.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.ObjectReader;

/// The lines of one request.
record Batch(List<BatchLine> lines) {
    private static final ObjectReader ANSWERS = Json.MAPPER.readerFor(Answer.class);

    /// Marks the end of a lane.
    static Batch end() {
        return new Batch(List.of());
    }

    boolean isEnd() {
        return lines.isEmpty();
    }

    byte[] body() {
        StringBuilder body = new StringBuilder(lines.size() * 300);
        for (BatchLine line : lines) {
            body.append(line.json()).append('\n');
        }
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// The answers, one a line and in order.
    ///
    /// @throws IOException if they break off, or are not answers to this batch
    List<Answer> answers(InputStream body) throws IOException {
        List<Answer> answers = new ArrayList<>(lines.size());
        try (MappingIterator<Answer> values = ANSWERS.readValues(body)) {
            values.forEachRemaining(answers::add);
        } catch (JacksonException e) {
            throw new IOException("the answer broke off after " + answers.size() + " lines", e);
        }
        if (answers.size() != lines.size()) {
            throw new IOException("%d answers to %d lines".formatted(answers.size(), lines.size()));
        }
        return answers;
    }
}
