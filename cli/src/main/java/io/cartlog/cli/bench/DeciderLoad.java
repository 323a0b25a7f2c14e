package io.cartlog.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.schemas.command.CartCommand;
import io.cartlog.schemas.command.CommandEnvelope;
import io.cartlog.schemas.reply.CartReply.Accepted;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CommandId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// The decider without HTTP: commands straight into the log, and replies from a partition of our
/// own, each with the time at which its command was due in a header.
final class DeciderLoad implements AutoCloseable {
    private static final String DUE = "bench-due";
    private static final int MOST_UNDER_WAY = 20_000;
    private static final Duration LAST_REPLY = Duration.ofSeconds(30);

    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Commands commands;
    private final byte[] replyPartition;
    private final String run = Long.toString(System.nanoTime(), 36);
    private final Semaphore free = new Semaphore(MOST_UNDER_WAY);
    private volatile Recorder recorder = new Recorder();
    private volatile boolean closing;
    private final Thread listener = new Thread(this::listen, "bench-replies");
    private long sent;

    /// What is sent.
    interface Commands {
        /// @param number 1 for the first
        AccountId account(long number);

        /// @param number 1 for the first
        CartCommand command(long number);
    }

    /// Reads from the last partition of the replies, so that a single service reads another one.
    DeciderLoad(String bootstrapServers, Commands commands) {
        this.commands = commands;
        this.producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        this.consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "isolation.level",
                                "read_committed",
                                "max.poll.records",
                                5_000),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        int last = producer.partitionsFor(Topics.REPLIES.name()).size() - 1;
        this.replyPartition = ByteBuffer.allocate(Integer.BYTES).putInt(last).array();
        TopicPartition replies = new TopicPartition(Topics.REPLIES.name(), last);
        consumer.assign(List.of(replies));
        consumer.seekToEnd(List.of(replies));
        consumer.position(replies);
        listener.start();
    }

    /// @param perSecond 0 for as many as there can be
    Recorder run(double perSecond, double seconds) throws InterruptedException {
        Recorder mine = new Recorder();
        recorder = mine;
        Schedule schedule = new Schedule(perSecond, seconds);
        for (long due = schedule.next(); due != Schedule.OVER; due = schedule.next()) {
            free.acquire();
            send(due, mine);
        }
        awaitReplies();
        return mine;
    }

    /// As many as are wanted, as fast as they are decided.
    ///
    /// @param onSent after each, with how many there were
    Recorder run(long count, LongConsumer onSent) throws InterruptedException {
        Recorder mine = new Recorder();
        recorder = mine;
        for (long i = 1; i <= count; i++) {
            free.acquire();
            send(System.nanoTime(), mine);
            onSent.accept(i);
        }
        awaitReplies();
        return mine;
    }

    private void awaitReplies() throws InterruptedException {
        if (!free.tryAcquire(MOST_UNDER_WAY, LAST_REPLY.toSeconds(), TimeUnit.SECONDS)) {
            throw new CommandFailedException("replies are missing 30 s after the last command");
        }
        free.release(MOST_UNDER_WAY);
    }

    private void send(long due, Recorder mine) {
        sent++;
        AccountId account = commands.account(sent);
        CommandEnvelope command =
                new CommandEnvelope(
                        new CommandId(run + "-" + sent), account, null, commands.command(sent));
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(
                        Topics.COMMANDS.name(),
                        account.value().getBytes(UTF_8),
                        Topics.COMMANDS.values().toBytes(command));
        record.headers().add(Topics.REPLY_PARTITION, replyPartition);
        record.headers().add(DUE, ByteBuffer.allocate(Long.BYTES).putLong(due).array());
        var _ =
                producer.send(
                        record,
                        (_, error) -> {
                            if (error != null) {
                                mine.failed(String.valueOf(error.getMessage()));
                                free.release();
                            }
                        });
    }

    private void listen() {
        try (consumer) {
            while (!closing) {
                consumer.poll(Duration.ofMillis(200)).forEach(this::arrived);
            }
        }
    }

    private void arrived(ConsumerRecord<byte[], byte[]> reply) {
        var due = reply.headers().lastHeader(DUE);
        if (due == null) {
            return;
        }
        if (Topics.REPLIES.values().fromBytes(reply.value()).reply() instanceof Accepted) {
            recorder.done(ByteBuffer.wrap(due.value()).getLong(), 1);
        } else {
            recorder.failed("a command was refused");
        }
        free.release();
    }

    @Override
    public void close() {
        closing = true;
        producer.close();
        try {
            listener.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
