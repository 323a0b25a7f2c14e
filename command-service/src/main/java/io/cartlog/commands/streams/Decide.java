package io.cartlog.commands.streams;

import static org.apache.kafka.streams.processor.PunctuationType.WALL_CLOCK_TIME;

import io.cartlog.commands.cart.Cart;
import io.cartlog.commands.cart.CartDecider;
import io.cartlog.commands.cart.Decision.Accepted;
import io.cartlog.commands.cart.Decision.Malformed;
import io.cartlog.commands.cart.Decision.Refused;
import io.cartlog.commands.cart.DecisionContext;
import io.cartlog.commands.cart.OrderSoFar;
import io.cartlog.schemas.avro.CommandCodec;
import io.cartlog.schemas.avro.UnreadableRecordException;
import io.cartlog.schemas.command.CartCommand.RecordPurchase;
import io.cartlog.schemas.command.CommandEnvelope;
import io.cartlog.schemas.event.CartEvent;
import io.cartlog.schemas.event.CartEvent.PurchaseRecorded;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.reply.CartReply;
import io.cartlog.schemas.reply.CartReply.CommandIdReused;
import io.cartlog.schemas.reply.ReplyEnvelope;
import io.cartlog.schemas.topic.DeadLetter;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.schemas.value.AccountId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/// Decides one command after the other. All that a decision reads is written here too, in the same
/// transaction as what comes of it.
@SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
final class Decide implements Processor<byte[], byte[], byte[], Outgoing> {
    static final String EVENTS = "events";
    static final String REPLIES = "replies";
    static final String DEAD_LETTERS = "dead-letters";
    private static final String READER = "command-service";
    private static final int LARGEST_LETTER = 512 * 1024;
    private static final int LARGEST_LETTER_KEY = 64 * 1024;

    /// How often a thread without commands looks whether it is time to commit.
    private static final Duration LOOK_EVERY = Duration.ofMillis(2);

    private final CartDecider decider;
    private final CommitPace pace;
    private final CommandCodec codec = new CommandCodec();
    private ProcessorContext<byte[], Outgoing> context;
    private Carts carts;
    private Orders orders;
    private Answers answers;

    private @Nullable Cancellable looking;

    Decide(CartDecider decider, CommitPace pace) {
        this.decider = decider;
        this.pace = pace;
    }

    @Override
    public void init(ProcessorContext<byte[], Outgoing> context) {
        this.context = context;
        carts = new Carts(context.getStateStore(Carts.STORE));
        orders = new Orders(context.getStateStore(Orders.STORE));
        answers =
                new Answers(
                        context.getStateStore(Answers.FOR_EVER),
                        context.getStateStore(Answers.RECENT));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        decide(record);
        pace.decided();
        commitWhenDue();
        if (looking == null && pace.isOpen()) {
            looking = context.schedule(LOOK_EVERY, WALL_CLOCK_TIME, _ -> commitWhenDue());
        }
    }

    /// A timer that goes on without need would let an idle service commit for ever.
    private void commitWhenDue() {
        if (pace.isDue()) {
            context.commit();
        }
        if (looking != null && !pace.isOpen()) {
            looking.cancel();
            looking = null;
        }
    }

    private void decide(Record<byte[], byte[]> record) {
        LogPosition position = position(record);
        CommandEnvelope envelope;
        try {
            envelope = readable(record);
        } catch (UnreadableRecordException e) {
            toDeadLetters(record, position, e.getMessage());
            return;
        }
        decide(new Question(record, position, envelope, codec.fingerprint(envelope)));
    }

    /// A command with all that is known of it before it is decided.
    private record Question(
            Record<byte[], byte[]> record,
            LogPosition position,
            CommandEnvelope envelope,
            long fingerprint) {
        AccountId account() {
            return envelope.account();
        }

        Instant occurredAt() {
            return Objects.requireNonNullElse(envelope.occurredAt(), position.recordedAt());
        }
    }

    private LogPosition position(Record<byte[], byte[]> record) {
        RecordMetadata at = context.recordMetadata().orElseThrow();
        return new LogPosition(
                Instant.ofEpochMilli(record.timestamp()), at.partition(), at.offset());
    }

    private CommandEnvelope readable(Record<byte[], byte[]> record) {
        if (record.value() == null) {
            throw new UnreadableRecordException("a command without a value");
        }
        CommandEnvelope envelope = codec.fromBytes(record.value());
        if (!Arrays.equals(record.key(), utf8(envelope.account().value()))) {
            throw new UnreadableRecordException("a command whose key is not its account");
        }
        return envelope;
    }

    private void decide(Question question) {
        Answer first = answers.find(question.envelope(), question.position().recordedAt());
        if (first != null) {
            reply(question, again(question, first));
            return;
        }
        Cart cart = carts.of(question.account());
        switch (decider.decide(cart, question.envelope().command(), given(question))) {
            case Accepted(List<CartEvent> events) -> happen(question, cart, events);
            case Refused(CartReply refusal) -> answer(question, cart.version(), refusal);
            case Malformed(String reason) ->
                    toDeadLetters(question.record(), question.position(), reason);
        }
    }

    private ReplyEnvelope again(Question question, Answer first) {
        ReplyEnvelope reply = first.envelope();
        if (first.fingerprint() == question.fingerprint()) {
            return reply.asReplay();
        }
        long version = carts.of(question.account()).version();
        return envelope(question, version, new CommandIdReused(reply.version()));
    }

    private DecisionContext given(Question question) {
        OrderSoFar order =
                question.envelope().command() instanceof RecordPurchase purchase
                        ? orders.before(question.account(), purchase.orderId(), purchase.sku())
                        : OrderSoFar.NONE;
        return new DecisionContext(question.occurredAt(), question.position().orderId(), order);
    }

    private void happen(Question question, Cart before, List<CartEvent> events) {
        Cart cart = before;
        List<RecordedEvent> recorded = new ArrayList<>(events.size());
        for (CartEvent event : events) {
            cart = CartDecider.evolve(cart, event);
            recorded.add(recorded(question, event, cart.version(), recorded.size()));
            if (event instanceof PurchaseRecorded purchase) {
                orders.put(question.account(), purchase);
            }
        }
        carts.put(question.account(), cart);
        recorded.forEach(event -> publish(question, event));
        answer(question, cart.version(), new CartReply.Accepted(recorded));
    }

    private static RecordedEvent recorded(
            Question question, CartEvent event, long version, int index) {
        return new RecordedEvent(
                question.position().eventId(index),
                question.account(),
                version,
                question.envelope().commandId(),
                question.fingerprint(),
                question.occurredAt(),
                question.position().recordedAt(),
                event);
    }

    private void publish(Question question, RecordedEvent event) {
        Outgoing out =
                new Outgoing(
                        Topics.EVENTS.values().toBytes(event), question.position().partition());
        context.forward(question.record().withValue(out).withHeaders(new RecordHeaders()), EVENTS);
    }

    private void answer(Question question, long version, CartReply reply) {
        ReplyEnvelope envelope = envelope(question, version, reply);
        byte[] bytes = Topics.REPLIES.values().toBytes(envelope);
        Instant now = question.position().recordedAt();
        answers.put(question.envelope(), new Answer(question.fingerprint(), now, bytes));
        send(question, bytes);
    }

    private static ReplyEnvelope envelope(Question question, long version, CartReply reply) {
        return new ReplyEnvelope(
                question.envelope().commandId(), question.account(), version, false, reply);
    }

    private void reply(Question question, ReplyEnvelope envelope) {
        send(question, Topics.REPLIES.values().toBytes(envelope));
    }

    /// Sends a reply with all headers of the command, so that the asker finds his own marks on it.
    private void send(Question question, byte[] reply) {
        Integer partition = replyPartition(question.record().headers());
        if (partition != null) {
            context.forward(question.record().withValue(new Outgoing(reply, partition)), REPLIES);
        }
    }

    /// Where the asker reads, or null if nobody waits for an answer.
    private static @Nullable Integer replyPartition(Headers headers) {
        Header header = headers.lastHeader(Topics.REPLY_PARTITION);
        if (header == null || header.value() == null || header.value().length != Integer.BYTES) {
            return null;
        }
        int partition = ByteBuffer.wrap(header.value()).getInt();
        return partition < 0 ? null : partition;
    }

    /// A record that is too large to be sent on is cut; its coordinates lead to the rest of it.
    private void toDeadLetters(
            Record<byte[], byte[]> record, LogPosition position, @Nullable String error) {
        Headers headers = new RecordHeaders();
        new DeadLetter(
                        Topics.COMMANDS.name(),
                        position.partition(),
                        position.offset(),
                        READER,
                        String.valueOf(error))
                .headers()
                .forEach(headers::add);
        Record<byte[], Outgoing> letter =
                record.withKey(cut(record.key(), LARGEST_LETTER_KEY))
                        .withValue(new Outgoing(cut(record.value(), LARGEST_LETTER), 0))
                        .withHeaders(headers);
        context.forward(letter, DEAD_LETTERS);
    }

    /// Kafka Streams declares keys and values as present; what strangers wrote may lack them.
    private static byte[] cut(byte[] bytes, int most) {
        return bytes == null || bytes.length <= most ? bytes : Arrays.copyOf(bytes, most);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
