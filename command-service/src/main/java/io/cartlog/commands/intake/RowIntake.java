package io.cartlog.commands.intake;

import io.cartlog.commands.intake.JsonFields.Field;
import io.cartlog.schemas.command.CommandEnvelope;
import io.cartlog.schemas.reply.CartReply.Accepted;
import io.cartlog.schemas.reply.CartReply.NoOutcome;
import io.cartlog.schemas.reply.CartReply.Refusal;
import io.cartlog.schemas.reply.ReplyEnvelope;
import io.cartlog.schemas.topic.DeadLetter;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.schemas.value.CommandId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes rows of tills that nobody waits for an answer to. What `POST /v1/events` would refuse goes
/// to the dead letters.
public final class RowIntake implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RowIntake.class);
    private static final String KEY = "idempotencyKey";
    private static final String READER = "command-service";

    private final PendingReplies replies;
    private final MeterRegistry meters;
    private final KafkaProducer<byte[], byte[]> letters;

    public RowIntake(String bootstrapServers, PendingReplies replies, MeterRegistry meters) {
        this.replies = replies;
        this.meters = meters;
        this.letters =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ProducerConfig.ACKS_CONFIG,
                                "all"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    /// A row as it came.
    public static final class Row {
        private final String key;
        private final String place;
        private final byte[] json;

        /// @param key of the command, unless the row brings its own
        /// @param place where it was found, for whoever looks at a dead letter
        public Row(String key, String place, byte[] json) {
            this.key = key;
            this.place = place;
            this.json = json;
        }
    }

    private record Sent(Row row, PendingReply reply) {}

    /// Has rows decided in their order, and returns when each of them is decided, or a dead letter.
    ///
    /// @throws IllegalStateException if that is not known of one of them; to be taken again then,
    ///   which changes nothing for the others
    public void take(List<Row> rows) {
        try (PendingReplies.Slots slots = replies.reserve(rows.size())) {
            List<Future<?>> dead = new ArrayList<>();
            List<Sent> sent = new ArrayList<>();
            for (Row row : rows) {
                CommandEnvelope command = command(row, dead);
                if (command != null) {
                    sent.add(new Sent(row, slots.send(command, null)));
                }
            }
            Patience patience = slots.patience();
            for (Sent one : sent) {
                answered(one.row, one.reply.await(patience), dead);
                patience.renew();
            }
            await(dead);
        } catch (ProblemException e) {
            throw new IllegalStateException("rows are not decided: " + e.getMessage(), e);
        }
    }

    /// @return null if the row is no command
    private @Nullable CommandEnvelope command(Row row, List<Future<?>> dead) {
        try {
            JsonFields fields = JsonFields.parse(row.json, 0, row.json.length);
            Field<String> own = fields.optional(KEY, JsonFields::text);
            RetailRow read = RetailRow.read(fields);
            String key = own.orNull();
            CommandId id =
                    key == null ? new CommandId(row.key) : IdempotencyKey.of(key, "field " + KEY);
            return new CommandEnvelope(id, read.account(), read.occurredAt(), read.purchase());
        } catch (ProblemException e) {
            dead.add(letter(row, e.problem()));
            return null;
        }
    }

    private void answered(Row row, ReplyEnvelope reply, List<Future<?>> dead) {
        switch (reply.reply()) {
            case Accepted _ -> count(reply.replayed() ? "replayed" : "accepted");
            case Refusal refusal -> dead.add(letter(row, Problem.of(refusal)));
            case NoOutcome _ -> throw new IllegalStateException("a command has no outcome");
        }
    }

    private Future<?> letter(Row row, Problem problem) {
        count("dead");
        LOG.atWarn()
                .addKeyValue("place", row.place)
                .addKeyValue("code", problem.code().text())
                .log("a row is not taken; it is in the dead letters");
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(Topics.DEAD_LETTERS, null, row.json);
        new DeadLetter(row.place, 0, 0, READER, problem.code().text() + ": " + problem.detail())
                .headers()
                .forEach((name, value) -> letter.headers().add(name, value));
        return letters.send(letter);
    }

    private void count(String outcome) {
        meters.counter("cartlog.rows", "outcome", outcome).increment();
    }

    private static void await(List<Future<?>> dead) {
        try {
            for (Future<?> letter : dead) {
                letter.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a dead letter was not written", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while writing a dead letter", e);
        }
    }

    @Override
    public void close() {
        letters.close(Duration.ofSeconds(5));
    }
}
