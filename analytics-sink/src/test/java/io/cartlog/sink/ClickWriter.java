package io.cartlog.sink;

import io.cartlog.schemas.click.Click;
import io.cartlog.schemas.click.ClickAction;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ClickId;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.Sku;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Writes clicks as the public door does: outside of transactions.
final class ClickWriter implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;

    ClickWriter(String bootstrapServers) {
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrapServers),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    /// Views of a product by one account, with the ids `click-1` to `click-COUNT`.
    static List<Click> clicks(String account, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(n -> click(account, n)).toList();
    }

    private static Click click(String account, int number) {
        return new Click(
                new ClickId("click-" + number),
                new AccountId(account),
                "72d76fde-8bb3-4e00-8c23-a032dfed738c",
                ClickAction.VIEW,
                Instant.parse("2019-10-01T00:00:00Z").plusSeconds(number),
                new Sku("44600062"),
                "2103807459595387724",
                null,
                "shiseido",
                Money.of("35.79"),
                new CommandId("command-" + number));
    }

    void write(Collection<Click> clicks) {
        for (Click click : clicks) {
            var _ =
                    producer.send(
                            new ProducerRecord<>(
                                    Topics.CLICKS.name(),
                                    click.account().value().getBytes(StandardCharsets.UTF_8),
                                    Topics.CLICKS.values().toBytes(click)));
        }
        producer.flush();
    }

    /// @return the offset
    long writeBytes(int partition, byte[] value) throws ExecutionException, InterruptedException {
        return producer.send(new ProducerRecord<>(Topics.CLICKS.name(), partition, null, value))
                .get()
                .offset();
    }

    @Override
    public void close() {
        producer.close();
    }
}
