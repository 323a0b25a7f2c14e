package io.cartlog.projection.history;

import io.cartlog.projection.view.HistoryUnavailableException;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Fetches events from where they stand in the log. A fixed number of consumers does it, one for
/// each that asks; who finds none free waits a moment and is then sent away.
final class LogReaders implements AutoCloseable {
    private static final Duration TURN = Duration.ofSeconds(2);
    private static final Duration SILENCE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(500);

    /// So many offsets are rather read over than jumped over: a jump throws away what was fetched.
    private static final int NEAR = 500;

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final BlockingQueue<Reader> free;

    LogReaders(int count, Supplier<Consumer<byte[], byte[]>> consumers) {
        this.consumers = consumers;
        this.free = new ArrayBlockingQueue<>(count);
        for (int i = 0; i < count; i++) {
            free.add(new Reader());
        }
    }

    /// Gives the events in the order of their pointers.
    ///
    /// @param pointers of one account, by version
    /// @throws HistoryUnavailableException if the log does not answer, or no consumer is free
    void read(List<Pointer> pointers, java.util.function.Consumer<RecordedEvent> events) {
        Reader reader = take();
        try {
            reader.read(pointers, events);
        } catch (KafkaException e) {
            reader.close();
            throw new HistoryUnavailableException("the log does not answer", e);
        } finally {
            free.add(reader);
        }
    }

    private Reader take() {
        try {
            Reader reader = free.poll(TURN.toMillis(), TimeUnit.MILLISECONDS);
            if (reader == null) {
                throw new HistoryUnavailableException("too many histories are being read");
            }
            return reader;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HistoryUnavailableException("interrupted", e);
        }
    }

    @Override
    public void close() {
        free.forEach(Reader::close);
    }

    /// A consumer, made when it is first needed, and again after it failed.
    private final class Reader {
        private @Nullable Consumer<byte[], byte[]> consumer;

        void read(List<Pointer> pointers, java.util.function.Consumer<RecordedEvent> events) {
            Pointer first = pointers.getFirst();
            TopicPartition partition = new TopicPartition(Topics.EVENTS.name(), first.partition());
            Consumer<byte[], byte[]> log = assigned(partition);
            log.seek(partition, first.offset());
            int done = 0;
            while (done < pointers.size()) {
                List<ConsumerRecord<byte[], byte[]>> found = poll(log, partition);
                done += give(pointers.subList(done, pointers.size()), found, events);
                if (done < pointers.size()) {
                    long next = pointers.get(done).offset();
                    if (next - log.position(partition) > NEAR) {
                        log.seek(partition, next);
                    }
                }
            }
        }

        private Consumer<byte[], byte[]> assigned(TopicPartition partition) {
            Consumer<byte[], byte[]> log = consumer == null ? consumers.get() : consumer;
            consumer = log;
            log.assign(List.of(partition));
            return log;
        }

        private List<ConsumerRecord<byte[], byte[]>> poll(
                Consumer<byte[], byte[]> log, TopicPartition partition) {
            long deadline = System.nanoTime() + SILENCE.toNanos();
            while (System.nanoTime() < deadline) {
                List<ConsumerRecord<byte[], byte[]>> found = log.poll(POLL).records(partition);
                if (!found.isEmpty()) { // it is, too, when only marks of transactions were read
                    return found;
                }
            }
            throw new KafkaException("no answer within " + SILENCE);
        }

        private int give(
                List<Pointer> due,
                List<ConsumerRecord<byte[], byte[]>> found,
                java.util.function.Consumer<RecordedEvent> events) {
            int given = 0;
            for (ConsumerRecord<byte[], byte[]> each : found) {
                if (given == due.size()) {
                    break;
                }
                Pointer pointer = due.get(given);
                if (each.offset() > pointer.offset()) {
                    throw new IllegalStateException("the log lacks what is indexed: " + pointer);
                }
                if (each.offset() == pointer.offset()) {
                    events.accept(Topics.EVENTS.values().fromBytes(each.value()));
                    given++;
                }
            }
            return given;
        }

        void close() {
            if (consumer != null) {
                consumer.close();
                consumer = null;
            }
        }
    }
}
