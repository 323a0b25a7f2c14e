package io.cartlog.commands.streams;

import static io.cartlog.commands.streams.Answer.Kind.FINAL;
import static org.apache.kafka.streams.processor.PunctuationType.STREAM_TIME;
import static org.apache.kafka.streams.processor.PunctuationType.WALL_CLOCK_TIME;

import io.cartlog.commands.cart.Cart;
import io.cartlog.commands.cart.CartDecider;
import io.cartlog.commands.cart.Decision.Accepted;
import io.cartlog.commands.cart.Decision.Asked;
import io.cartlog.commands.cart.Decision.Malformed;
import io.cartlog.commands.cart.Decision.Refused;
import io.cartlog.commands.cart.DecisionContext;
import io.cartlog.commands.cart.FollowUp;
import io.cartlog.commands.cart.OrderSoFar;
import io.cartlog.commands.cart.Undo;
import io.cartlog.schemas.avro.CommandCodec;
import io.cartlog.schemas.avro.UnreadableRecordException;
import io.cartlog.schemas.command.CartCommand;
import io.cartlog.schemas.command.CartCommand.Action;
import io.cartlog.schemas.command.CartCommand.Batch;
import io.cartlog.schemas.command.CartCommand.CannotHandOver;
import io.cartlog.schemas.command.CartCommand.CheckOut;
import io.cartlog.schemas.command.CartCommand.HandOver;
import io.cartlog.schemas.command.CartCommand.LookUp;
import io.cartlog.schemas.command.CartCommand.MergeCart;
import io.cartlog.schemas.command.CartCommand.Message;
import io.cartlog.schemas.command.CartCommand.Receive;
import io.cartlog.schemas.command.CartCommand.RecordPurchase;
import io.cartlog.schemas.command.CartCommand.TakeBack;
import io.cartlog.schemas.command.CartCommand.UndoLast;
import io.cartlog.schemas.command.CommandEnvelope;
import io.cartlog.schemas.event.CartEvent;
import io.cartlog.schemas.event.CartEvent.PurchaseRecorded;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.reply.CartReply;
import io.cartlog.schemas.reply.CartReply.CommandIdReused;
import io.cartlog.schemas.reply.CartReply.Refusal;
import io.cartlog.schemas.reply.CartReply.TooMuchRemembered;
import io.cartlog.schemas.reply.CartReply.VersionConflict;
import io.cartlog.schemas.reply.ReplyEnvelope;
import io.cartlog.schemas.topic.DeadLetter;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.service.tracing.LogRecord;
import io.cartlog.service.tracing.Step;
import io.cartlog.service.tracing.TraceParent;
import io.cartlog.service.tracing.Tracing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// Decides one command after the other. All that a decision reads is written here too, in the same
/// transaction as what comes of it.
@SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
final class Decide implements Processor<byte[], byte[], byte[], Outgoing> {
    static final String EVENTS = "events";
    static final String REPLIES = "replies";
    static final String FOLLOW_UPS = "follow-ups";
    static final String DEAD_LETTERS = "dead-letters";
    private static final String READER = "command-service";
    private static final Duration LOOK_FOR_IDLE = Duration.ofMinutes(1);
    private static final int EXPIRED_AT_ONCE = 200;
    private static final Duration FORGET_EVERY = Duration.ofSeconds(10);
    private static final int FORGOTTEN_AT_ONCE = 10_000;
    private static final CommandId NO_COMMAND = new CommandId(CommandEnvelope.OWN_IDS + "expiry");
    private static final int LARGEST_LETTER = 512 * 1024;
    private static final int LARGEST_LETTER_KEY = 64 * 1024;

    /// How often a thread without commands looks whether it is time to commit.
    private static final Duration LOOK_EVERY = Duration.ofMillis(2);

    private final CartDecider decider;
    private final Keeping keeping;
    private final CommitPace pace;
    private final Tracing tracing;
    private final CommandCodec codec = new CommandCodec();
    private ProcessorContext<byte[], Outgoing> context;
    private Carts carts;
    private Orders orders;
    private Undos undos;
    private IdleGuests idle;
    private Answers answers;

    private @Nullable Cancellable looking;

    /// Where the command at hand stands in its trace, as a header; null if nobody follows it.
    private byte @Nullable [] trace;

    Decide(CartDecider decider, Keeping keeping, CommitPace pace, Tracing tracing) {
        this.decider = decider;
        this.keeping = keeping;
        this.pace = pace;
        this.tracing = tracing;
    }

    @Override
    public void init(ProcessorContext<byte[], Outgoing> context) {
        this.context = context;
        KeyValueStore<byte[], byte[]> store = context.getStateStore(Table.STORE);
        carts = new Carts(store);
        orders = new Orders(store);
        undos = new Undos(store);
        idle = new IdleGuests(store);
        answers = new Answers(store);
        Duration often = Duration.ofMillis(Math.max(1, keeping.guestIdle().toMillis() / 10));
        context.schedule(
                often.compareTo(LOOK_FOR_IDLE) < 0 ? often : LOOK_FOR_IDLE,
                STREAM_TIME,
                this::expireIdle);
        context.schedule(FORGET_EVERY, STREAM_TIME, this::forgetSome);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Step step = tracing.isOn() ? step(record) : null;
        if (step == null) {
            decide(record);
        } else {
            decide(record, step);
        }
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

    private @Nullable Step step(Record<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(TraceParent.HEADER);
        if (header == null) {
            return null;
        }
        RecordMetadata at = context.recordMetadata().orElseThrow();
        return tracing.work(
                "decide",
                header.value(),
                new LogRecord(at.topic(), at.partition(), at.offset(), CartStreams.APPLICATION_ID));
    }

    /// What comes of the command hangs on this step.
    private void decide(Record<byte[], byte[]> record, Step step) {
        TraceParent place = step.place();
        Headers headers = new RecordHeaders(record.headers());
        headers.remove(TraceParent.HEADER).add(TraceParent.HEADER, place.toBytes());
        trace = place.toBytes();
        try (var _ = MDC.putCloseable(Tracing.LOG_KEY, place.traceId())) {
            decide(record.withHeaders(headers));
        } catch (RuntimeException e) {
            step.failed(e.getClass().getName());
            throw e;
        } finally {
            trace = null;
            step.close();
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
        decide(
                new Question(
                        record,
                        position,
                        envelope,
                        envelope.commandId(),
                        codec.fingerprint(envelope)));
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
        switch (question.envelope().command()) {
            case LookUp c -> lookUp(question, c);
            case Message c -> hear(question, c);
            case Action _, Batch _, MergeCart _, UndoLast _, CheckOut _, RecordPurchase _ ->
                    answerOnce(question);
        }
    }

    private void answerOnce(Question question) {
        Answer first = answers.find(question.account(), question.id(), question.now());
        if (first != null && isAnswered(question, first)) {
            reply(question, again(question, first));
            return;
        }
        CartEntry entry = carts.of(question.account());
        long remembered = entry.memoryBytes(question.now());
        boolean isCounted = !(question.envelope().command() instanceof RecordPurchase);
        if (isCounted && remembered >= keeping.answerBytes()) {
            long limit = keeping.answerBytes() >> 10;
            Refusal refusal = new TooMuchRemembered(remembered >> 10, limit);
            reply(question, envelope(question, entry.cart().version(), refusal));
            return;
        }
        carryOut(question, entry);
    }

    private static boolean isAnswered(Question question, Answer first) {
        return first.kind() == Answer.Kind.FINAL || first.fingerprint() != question.fingerprint();
    }

    private ReplyEnvelope again(Question question, Answer first) {
        if (first.kind() == Answer.Kind.FINAL && first.fingerprint() == question.fingerprint()) {
            return first.envelope().asReplay();
        }
        long version = carts.of(question.account()).cart().version();
        boolean decided = first.kind() == Answer.Kind.FINAL;
        long firstVersion = decided ? first.envelope().version() : version;
        return envelope(question, version, new CommandIdReused(firstVersion));
    }

    /// A step of a merge is made once, even if the log should be read again from an older place.
    private void hear(Question question, Message message) {
        if (answers.find(question.account(), question.id(), question.now()) != null) {
            return;
        }
        Answer step = Answer.step(question.fingerprint(), question.now());
        answers.put(question.account(), question.id(), step);
        switch (message) {
            case HandOver _, TakeBack _ -> carryOut(question, carts.of(question.account()));
            case Receive c -> conclude(question.about(c.merge(), c.fingerprint()));
            case CannotHandOver c -> conclude(question.about(c.merge(), c.fingerprint()));
        }
    }

    /// The merge is decided with what the guest said, unless an earlier attempt of the same command
    /// has decided it; then what the guest gave goes back.
    private void conclude(Question merge) {
        Answer first = answers.find(merge.account(), merge.id(), merge.now());
        if (first == null || first.kind() != Answer.Kind.FINAL) {
            carryOut(merge, carts.of(merge.account()));
            return;
        }
        if (merge.envelope().command() instanceof Receive late && isSomething(late)) {
            say(merge, List.of(CartDecider.takeBack(late, merge.account())));
        }
        reply(merge, again(merge, first));
    }

    private static boolean isSomething(Receive given) {
        return !given.lines().isEmpty() || !given.saved().isEmpty();
    }

    private void lookUp(Question question, LookUp wanted) {
        Answer answer = answers.find(question.account(), wanted.command(), question.now());
        Cart cart = carts.of(question.account()).cart();
        reply(
                question,
                answer == null
                        ? found(question, wanted, cart, new CartReply.Unknown())
                        : switch (answer.kind()) {
                            case FINAL -> answer.envelope().asReplay();
                            case PENDING -> found(question, wanted, cart, new CartReply.Pending());
                            case STEP -> found(question, wanted, cart, new CartReply.Unknown());
                            case CONFLICT -> found(question, wanted, cart, asOfNow(answer, cart));
                        });
    }

    private static ReplyEnvelope found(
            Question question, LookUp wanted, Cart cart, CartReply reply) {
        return new ReplyEnvelope(
                wanted.command(), question.account(), cart.version(), false, reply);
    }

    private static CartReply asOfNow(Answer conflict, Cart cart) {
        return conflict.envelope().reply() instanceof VersionConflict(long expected, _, _)
                ? new VersionConflict(expected, cart.version(), cart.active())
                : conflict.envelope().reply();
    }

    private void carryOut(Question question, CartEntry entry) {
        Cart cart = entry.cart();
        switch (decider.decide(cart, question.envelope().command(), given(question, cart))) {
            case Accepted accepted -> happen(question, entry, accepted);
            case Asked(FollowUp asked) -> {
                Answer pending = Answer.pending(question.fingerprint(), question.now());
                answers.put(question.account(), question.id(), pending);
                say(question, List.of(asked));
            }
            case Refused(Refusal refusal, List<FollowUp> followUps) -> {
                say(question, followUps);
                refuse(question, entry, refusal);
            }
            case Malformed(String reason) ->
                    toDeadLetters(question.record(), question.position(), reason);
        }
    }

    private DecisionContext given(Question question, Cart cart) {
        CartCommand command = question.envelope().command();
        OrderSoFar order =
                command instanceof RecordPurchase purchase
                        ? orders.before(question.account(), purchase.orderId(), purchase.sku())
                        : OrderSoFar.NONE;
        Undo undo =
                command instanceof UndoLast && cart.isUndoable()
                        ? undos.of(question.account())
                        : null;
        return new DecisionContext(
                question.account(),
                question.id(),
                question.fingerprint(),
                question.envelope().expectedVersion(),
                question.occurredAt(),
                question.position().orderId(),
                order,
                undo);
    }

    private void happen(Question question, CartEntry before, Accepted accepted) {
        Cart cart = before.cart();
        List<RecordedEvent> recorded = new ArrayList<>(accepted.events().size());
        for (CartEvent event : accepted.events()) {
            cart = CartDecider.evolve(cart, event);
            recorded.add(recorded(question, event, cart.version(), recorded.size()));
            if (event instanceof PurchaseRecorded purchase) {
                orders.put(question.account(), purchase);
            }
        }
        recorded.forEach(event -> publish(question, event));
        say(question, accepted.followUps());
        CartEntry after =
                recorded.isEmpty() ? before : changed(question, before, cart, accepted.undo());
        accept(question, after, recorded);
    }

    private CartEntry changed(Question question, CartEntry before, Cart cart, @Nullable Undo undo) {
        CartEntry after = before.changed(cart, question.now());
        idle.moved(question.account(), before, after);
        if (undo != null) {
            undos.put(question.account(), undo);
        } else if (before.cart().isUndoable()) {
            undos.forget(question.account());
        }
        return after;
    }

    private static RecordedEvent recorded(
            Question question, CartEvent event, long version, int index) {
        return new RecordedEvent(
                question.position().eventId(index),
                question.account(),
                version,
                question.id(),
                question.fingerprint(),
                question.occurredAt(),
                question.now(),
                event);
    }

    private void publish(Question question, RecordedEvent event) {
        Outgoing out =
                new Outgoing(
                        Topics.EVENTS.values().toBytes(event), question.position().partition());
        Headers headers = new RecordHeaders();
        if (trace != null) {
            headers.add(TraceParent.HEADER, trace);
        }
        context.forward(question.record().withValue(out).withHeaders(headers), EVENTS);
    }

    /// Tells other accounts, in the same transaction. The headers go along, so that whoever decides
    /// in the end can answer.
    private void say(Question question, List<FollowUp> followUps) {
        int index = 0;
        for (FollowUp followUp : followUps) {
            CommandEnvelope envelope =
                    new CommandEnvelope(
                            question.position().followUpId(index++),
                            followUp.to(),
                            question.envelope().occurredAt(),
                            followUp.expectedVersion(),
                            followUp.message());
            Outgoing out = new Outgoing(codec.toBytes(envelope), Outgoing.BY_KEY);
            byte[] key = utf8(followUp.to().value());
            context.forward(question.record().withKey(key).withValue(out), FOLLOW_UPS);
        }
    }

    private void accept(Question question, CartEntry entry, List<RecordedEvent> events) {
        ReplyEnvelope reply =
                envelope(question, entry.cart().version(), new CartReply.Accepted(events));
        byte[] bytes = bytes(reply);
        if (question.isForEver()) {
            carts.put(question.account(), entry);
            answers.putForEver(question.account(), question.id(), answer(question, FINAL, bytes));
            send(question, bytes);
        } else {
            remember(question, entry, answer(question, FINAL, bytes), bytes);
        }
    }

    /// Of a conflict the lines are not remembered: who asks later is shown those of then.
    private void refuse(Question question, CartEntry entry, Refusal refusal) {
        long version = entry.cart().version();
        byte[] reply = bytes(envelope(question, version, refusal));
        if (refusal instanceof VersionConflict(long expected, long actual, _)) {
            Refusal bare = new VersionConflict(expected, actual, List.of());
            byte[] kept = bytes(envelope(question, version, bare));
            remember(question, entry, answer(question, Answer.Kind.CONFLICT, kept), reply);
        } else {
            remember(question, entry, answer(question, FINAL, reply), reply);
        }
    }

    /// Remembers an answer and sends it; a step of a merge has neither.
    private void remember(Question question, CartEntry entry, Answer answer, byte[] reply) {
        if (!question.concludes()) {
            carts.put(question.account(), entry);
            return;
        }
        int bytes = answers.put(question.account(), question.id(), answer);
        carts.put(question.account(), entry.remembering(bytes, question.now()));
        send(question, reply);
    }

    private static Answer answer(Question question, Answer.Kind kind, byte[] reply) {
        return new Answer(question.fingerprint(), question.now(), kind, reply);
    }

    private static byte[] bytes(ReplyEnvelope reply) {
        return Topics.REPLIES.values().toBytes(reply);
    }

    private static ReplyEnvelope envelope(Question question, long version, CartReply reply) {
        return new ReplyEnvelope(question.id(), question.account(), version, false, reply);
    }

    private void reply(Question question, ReplyEnvelope envelope) {
        send(question, bytes(envelope));
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

    /// Lets carts of guests expire who have been away for too long by the time of the log; the next
    /// ones the next time, if there are many.
    private void expireIdle(long logTime) {
        Instant now = Instant.ofEpochMilli(logTime);
        Instant last = now.minus(keeping.guestIdle());
        for (IdleGuests.Entry guest : idle.notSince(last, EXPIRED_AT_ONCE)) {
            CartEntry entry = carts.of(guest.account());
            if (!entry.changedAt().isAfter(last)) {
                expire(guest, entry, now);
            }
        }
    }

    /// Drops answers that are no longer asked for; a portion of them, lest others wait.
    private void forgetSome(long logTime) {
        answers.forgetSome(Instant.ofEpochMilli(logTime), FORGOTTEN_AT_ONCE);
    }

    private void expire(IdleGuests.Entry guest, CartEntry before, Instant now) {
        Instant occurredAt = before.changedAt().plus(keeping.guestIdle());
        Cart cart = before.cart();
        for (CartEvent event : CartDecider.expire(cart)) {
            cart = CartDecider.evolve(cart, event);
            publish(expired(guest.account(), event, cart.version(), occurredAt, now));
        }
        idle.remove(guest);
        if (before.cart().isUndoable()) {
            undos.forget(guest.account());
        }
        carts.put(guest.account(), before.changed(cart, now));
    }

    private static RecordedEvent expired(
            AccountId account, CartEvent event, long version, Instant occurredAt, Instant now) {
        return new RecordedEvent(
                Expiry.eventId(account, version, occurredAt),
                account,
                version,
                NO_COMMAND,
                0,
                occurredAt,
                now,
                event);
    }

    private void publish(RecordedEvent event) {
        Outgoing out =
                new Outgoing(Topics.EVENTS.values().toBytes(event), context.taskId().partition());
        byte[] key = utf8(event.account().value());
        context.forward(new Record<>(key, out, event.recordedAt().toEpochMilli()), EVENTS);
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
