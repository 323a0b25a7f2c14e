package io.cartlog.commands.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.commands.cart.CartDecider;
import io.cartlog.commands.cart.CartLimits;
import io.cartlog.schemas.avro.CommandCodec;
import io.cartlog.schemas.command.CartCommand;
import io.cartlog.schemas.command.CartCommand.AddItem;
import io.cartlog.schemas.command.CartCommand.CheckOut;
import io.cartlog.schemas.command.CartCommand.RecordPurchase;
import io.cartlog.schemas.command.CartCommand.RemoveItem;
import io.cartlog.schemas.command.CartCommand.SetQuantity;
import io.cartlog.schemas.command.CommandEnvelope;
import io.cartlog.schemas.event.CartEvent.CheckedOut;
import io.cartlog.schemas.event.CartEvent.ItemAdded;
import io.cartlog.schemas.event.CartEvent.PurchaseRecorded;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.reply.CartReply.Accepted;
import io.cartlog.schemas.reply.CartReply.CommandIdReused;
import io.cartlog.schemas.reply.CartReply.ItemNotInCart;
import io.cartlog.schemas.reply.ReplyEnvelope;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.SaleKind;
import io.cartlog.schemas.value.Sku;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.LongStream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(StoreKind.class)
class CartTopologyTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final AccountId ACCOUNT = new AccountId("17850");
    private static final Sku TV = new Sku("P-1001");
    private static final AddItem ADD = new AddItem(TV, 1, Money.of("199.99"), "TV");
    private static final OrderId ORDER = new OrderId("536365");

    @Parameter
    @SuppressWarnings("NullAway.Init")
    private StoreKind stores;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private TopologyTestDriver driver;

    @SuppressWarnings("NullAway.Init")
    private TestInputTopic<byte[], byte[]> commands;

    @SuppressWarnings("NullAway.Init")
    private TestOutputTopic<byte[], byte[]> events;

    @SuppressWarnings("NullAway.Init")
    private TestOutputTopic<byte[], byte[]> replies;

    @SuppressWarnings("NullAway.Init")
    private TestOutputTopic<byte[], byte[]> deadLetters;

    @BeforeEach
    void start() {
        Properties settings =
                CartStreams.properties(
                        "localhost:1",
                        1,
                        0,
                        new StreamsSettings(folder, 1, Duration.ofMillis(25), stores));
        driver = new TopologyTestDriver(topology(stores), settings);
        var bytes = new ByteArrayDeserializer();
        var toBytes = new ByteArraySerializer();
        commands = driver.createInputTopic(Topics.COMMANDS.name(), toBytes, toBytes);
        events = driver.createOutputTopic(Topics.EVENTS.name(), bytes, bytes);
        replies = driver.createOutputTopic(Topics.REPLIES.name(), bytes, bytes);
        deadLetters = driver.createOutputTopic(Topics.DEAD_LETTERS, bytes, bytes);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void the_topology_is_the_one_that_was_agreed() throws IOException {
        String description = topology(stores).describe().toString();
        try (InputStream in = CartTopologyTest.class.getResourceAsStream("/topology.txt")) {
            assertThat(description.strip())
                    .isEqualTo(
                            new String(
                                            Objects.requireNonNull(in).readAllBytes(),
                                            StandardCharsets.UTF_8)
                                    .strip());
        }
    }

    @Test
    void an_accepted_command_gives_an_event_and_a_reply_that_carries_it() {
        send("k1", ADD, NOW);
        RecordedEvent event = nextEvent();
        assertThat(event.version()).isEqualTo(1);
        assertThat(event.account()).isEqualTo(ACCOUNT);
        assertThat(event.commandId()).isEqualTo(new CommandId("k1"));
        assertThat(event.occurredAt()).isEqualTo(NOW);
        assertThat(event.recordedAt()).isEqualTo(NOW);
        assertThat(event.event()).isInstanceOf(ItemAdded.class);
        assertThat(nextReply())
                .isEqualTo(
                        new ReplyEnvelope(
                                new CommandId("k1"),
                                ACCOUNT,
                                1,
                                false,
                                new Accepted(List.of(event))));
        assertNothingElse();
    }

    @Test
    void the_time_that_a_command_brings_is_its_business_time() {
        Instant then = Instant.parse("2010-12-01T08:26:00Z");
        send(envelope("k1", then, ADD), NOW, replyTo(0));
        RecordedEvent event = nextEvent();
        assertThat(event.occurredAt()).isEqualTo(then);
        assertThat(event.recordedAt()).isEqualTo(NOW);
        assertThat(((ItemAdded) event.event()).line().since()).isEqualTo(then);
    }

    @Test
    void the_same_command_again_gives_the_same_answer_and_no_event() { // S0-22
        send("k1", ADD, NOW);
        ReplyEnvelope first = nextReply();
        events.readRecord();
        send("k1", ADD, NOW.plusMillis(1));
        byte[] second = replies.readRecord().value();
        send("k1", ADD, NOW.plus(Duration.ofDays(1)));
        byte[] third = replies.readRecord().value();
        assertThat(reply(second)).isEqualTo(first.asReplay());
        assertThat(third).isEqualTo(second);
        assertNothingElse();
    }

    @Test
    void a_refusal_is_repeated_too_even_when_the_cart_has_changed() {
        send("k1", new RemoveItem(TV), NOW);
        send("k2", ADD, NOW);
        send("k1", new RemoveItem(TV), NOW);
        ReplyEnvelope refused = nextReply();
        assertThat(refused.reply()).isEqualTo(new ItemNotInCart(TV));
        assertThat(nextReply().reply()).isInstanceOf(Accepted.class);
        assertThat(nextReply()).isEqualTo(refused.asReplay());
        assertThat(nextEvent().version()).isEqualTo(1);
        assertNothingElse();
    }

    @Test
    void an_id_used_for_another_command_is_refused() {
        send("k0", ADD, NOW);
        send("k1", ADD, NOW);
        send("k2", ADD, NOW);
        send("k1", new SetQuantity(TV, 2), NOW);
        send("k1", new CheckOut(), NOW);
        List<ReplyEnvelope> all = allReplies();
        assertThat(all.subList(3, 5))
                .extracting(ReplyEnvelope::reply)
                .containsOnly(new CommandIdReused(2));
        assertThat(all.subList(3, 5)).extracting(ReplyEnvelope::version).containsOnly(3L);
        assertThat(allEvents()).hasSize(3);
    }

    @Test
    void two_accounts_may_use_the_same_id() {
        send("k1", ADD, NOW);
        send(
                new CommandEnvelope(new CommandId("k1"), new AccountId("other"), null, ADD),
                NOW,
                replyTo(0));
        assertThat(allEvents()).hasSize(2).extracting(RecordedEvent::version).containsOnly(1L);
    }

    @Test
    void ten_thousand_pairs_in_one_millisecond_get_versions_without_gaps() {
        for (int i = 0; i < 10_000; i++) {
            send("a" + i, ADD, NOW);
            send("b" + i, new SetQuantity(TV, 1), NOW);
        }
        assertThat(allEvents())
                .extracting(RecordedEvent::version)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 20_000).boxed().toList());
        assertThat(allReplies()).hasSize(20_000).noneMatch(ReplyEnvelope::replayed);
    }

    @Test
    void the_same_key_twice_in_one_millisecond_is_one_event() {
        for (int i = 0; i < 1_000; i++) {
            send(
                    "k" + i,
                    new RecordPurchase(ORDER, TV, null, 1, Money.of("1"), null, SaleKind.SALE),
                    NOW);
            send(
                    "k" + i,
                    new RecordPurchase(ORDER, TV, null, 1, Money.of("1"), null, SaleKind.SALE),
                    NOW);
        }
        assertThat(allEvents()).hasSize(1_000);
        assertThat(allReplies()).filteredOn(ReplyEnvelope::replayed).hasSize(1_000);
    }

    @Test
    void a_cart_command_is_forgotten_after_seven_days_of_log_time() {
        send("k1", ADD, NOW);
        send("k1", ADD, NOW.plus(Answers.MEMORY));
        assertThat(allEvents()).hasSize(1);
        send("k1", ADD, NOW.plus(Answers.MEMORY).plusMillis(1));
        assertThat(allEvents()).hasSize(1);
        assertThat(allReplies())
                .extracting(ReplyEnvelope::replayed)
                .containsExactly(false, true, false);
    }

    @Test
    void the_memory_of_cart_commands_does_not_grow_for_ever() {
        for (int day = 0; day < 60; day++) {
            send("k" + day, ADD, NOW.plus(Duration.ofDays(day)));
        }
        var store = driver.<byte[], byte[]>getWindowStore(Answers.RECENT);
        try (var all = store.all()) {
            int count = 0;
            while (all.hasNext()) {
                all.next();
                count++;
            }
            assertThat(count).isLessThanOrEqualTo(14);
        }
    }

    @Test
    void an_order_is_remembered_for_ever() { // S0-22
        RecordPurchase purchase =
                new RecordPurchase(ORDER, TV, null, 1, Money.of("1"), null, SaleKind.SALE);
        send("k0", ADD, NOW);
        send("k1", new CheckOut(), NOW);
        send("k2", purchase, NOW);
        send("k1", new CheckOut(), NOW.plus(Duration.ofDays(4_000)));
        send("k2", purchase, NOW.plus(Duration.ofDays(4_000)));
        List<ReplyEnvelope> all = allReplies();
        assertThat(all.get(3)).isEqualTo(all.get(1).asReplay());
        assertThat(all.get(4)).isEqualTo(all.get(2).asReplay());
        assertThat(allEvents()).hasSize(3);
    }

    @Test
    void a_checkout_gets_an_order_id_of_its_own() { // S0-02
        send("k1", ADD, NOW);
        send("k2", new CheckOut(), NOW);
        send("k3", ADD, NOW);
        send("k4", new CheckOut(), NOW);
        assertThat(allEvents())
                .extracting(RecordedEvent::event)
                .filteredOn(CheckedOut.class::isInstance)
                .extracting(e -> ((CheckedOut) e).orderId())
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void lines_of_a_tills_order_are_counted_through() { // S1-06
        purchase("k1", "536365", "A", 1);
        purchase("k2", "536366", "A", 1);
        purchase("k3", "536365", "B", 2);
        purchase("k4", "O-536365", "P-A", 3);
        List<PurchaseRecorded> recorded =
                allEvents().stream().map(e -> (PurchaseRecorded) e.event()).toList();
        assertThat(recorded).extracting(e -> e.line().lineNo()).containsExactly(1, 1, 2, 3);
        assertThat(recorded).extracting(e -> e.line().occurrence()).containsExactly(1, 1, 1, 2);
        assertThat(recorded).extracting(PurchaseRecorded::orderLines).containsExactly(1, 1, 2, 3);
        assertThat(recorded)
                .extracting(PurchaseRecorded::orderAmount)
                .containsExactly(Money.of("2"), Money.of("2"), Money.of("6"), Money.of("12"));
    }

    @Test
    void garbage_goes_to_the_dead_letters_and_the_rest_goes_on() {
        byte[] key = utf8("17850");
        byte[] readable = new CommandCodec().toBytes(envelope("k9", null, ADD));
        send("k1", ADD, NOW);
        commands.pipeInput(new TestRecord<>(key, utf8("garbage"), replyTo(0), NOW));
        commands.pipeInput(new TestRecord<>(key, (byte[]) null, replyTo(0), NOW));
        commands.pipeInput(new TestRecord<>(utf8("other"), readable, replyTo(0), NOW));
        commands.pipeInput(new TestRecord<>((byte[]) null, readable, replyTo(0), NOW));
        send("k2", new AddItem(TV, 0, Money.ZERO, null), NOW);
        send("k3", ADD, NOW);
        assertThat(allEvents()).extracting(RecordedEvent::version).containsExactly(1L, 2L);
        assertThat(allReplies()).hasSize(2);
        List<TestRecord<byte[], byte[]>> letters = deadLetters.readRecordsToList();
        assertThat(letters).hasSize(5);
        assertThat(letters.getFirst().key()).isEqualTo(key);
        assertThat(letters.getFirst().value()).isEqualTo(utf8("garbage"));
        assertThat(letters)
                .extracting(letter -> header(letter, "dead-letter-offset"))
                .containsExactly("1", "2", "3", "4", "5");
        assertThat(letters)
                .extracting(letter -> header(letter, "dead-letter-topic"))
                .containsOnly("cart.commands");
        assertThat(letters)
                .extracting(letter -> header(letter, "dead-letter-reader"))
                .containsOnly("command-service");
        assertThat(letters)
                .extracting(letter -> header(letter, "dead-letter-error"))
                .doesNotContainNull()
                .doesNotContain("null");
    }

    @Test
    void garbage_that_is_too_large_for_a_dead_letter_is_cut() {
        byte[] large = new byte[3 << 20];
        commands.pipeInput(new TestRecord<>(large, large, replyTo(0), NOW));
        send("k1", ADD, NOW);
        TestRecord<byte[], byte[]> letter = deadLetters.readRecord();
        assertThat(letter.value()).hasSize(512 * 1024);
        assertThat(letter.key()).hasSize(64 * 1024);
        assertThat(header(letter, "dead-letter-offset")).isEqualTo("0");
        assertThat(allEvents()).hasSize(1);
    }

    @Test
    void a_state_that_cannot_be_read_stops_everything() {
        driver.<byte[], byte[]>getKeyValueStore(Carts.STORE).put(utf8("17850"), utf8("broken"));
        assertThatThrownBy(() -> send("k1", ADD, NOW))
                .isInstanceOf(StreamsException.class)
                .hasMessageContaining("cart.commands");
        assertNothingElse();
    }

    @Test
    void a_reply_bears_the_marks_of_its_command_and_an_event_does_not() {
        Headers headers = replyTo(0);
        headers.add("mark", utf8("m"));
        send(envelope("k1", null, ADD), NOW, headers);
        assertThat(header(replies.readRecord(), "mark")).isEqualTo("m");
        assertThat(events.readRecord().headers().toArray()).isEmpty();
    }

    @Test
    void who_names_no_partition_gets_no_reply_and_is_decided_all_the_same() {
        send(envelope("k1", null, ADD), NOW, new RecordHeaders());
        send(envelope("k2", null, ADD), NOW, replyTo(-1));
        send(envelope("k3", null, ADD), NOW, replyTo(99));
        RecordHeaders shorter = new RecordHeaders();
        shorter.add(Topics.REPLY_PARTITION, new byte[3]);
        send(envelope("k4", null, ADD), NOW, shorter);
        assertThat(allEvents()).hasSize(4);
        assertThat(replies.isEmpty()).isTrue();
    }

    private void purchase(String id, String order, String sku, int quantity) {
        send(
                id,
                new RecordPurchase(
                        new OrderId(order),
                        new Sku(sku),
                        null,
                        quantity,
                        Money.of("2"),
                        null,
                        SaleKind.SALE),
                NOW);
    }

    private void send(String id, CartCommand command, Instant time) {
        send(envelope(id, null, command), time, replyTo(0));
    }

    private void send(CommandEnvelope envelope, Instant time, Headers headers) {
        commands.pipeInput(
                new TestRecord<>(
                        utf8(envelope.account().value()),
                        new CommandCodec().toBytes(envelope),
                        headers,
                        time));
    }

    private static CommandEnvelope envelope(
            String id, @Nullable Instant occurredAt, CartCommand command) {
        return new CommandEnvelope(new CommandId(id), ACCOUNT, occurredAt, command);
    }

    private static Headers replyTo(int partition) {
        byte[] value = ByteBuffer.allocate(Integer.BYTES).putInt(partition).array();
        return new RecordHeaders().add(Topics.REPLY_PARTITION, value);
    }

    private RecordedEvent nextEvent() {
        return Topics.EVENTS.values().fromBytes(events.readValue());
    }

    private ReplyEnvelope nextReply() {
        return reply(replies.readValue());
    }

    private List<RecordedEvent> allEvents() {
        return events.readValuesToList().stream().map(Topics.EVENTS.values()::fromBytes).toList();
    }

    private List<ReplyEnvelope> allReplies() {
        return replies.readValuesToList().stream().map(CartTopologyTest::reply).toList();
    }

    private static ReplyEnvelope reply(byte[] bytes) {
        return Topics.REPLIES.values().fromBytes(bytes);
    }

    private void assertNothingElse() {
        assertThat(events.isEmpty()).isTrue();
        assertThat(replies.isEmpty()).isTrue();
        assertThat(deadLetters.isEmpty()).isTrue();
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Topology topology(StoreKind stores) {
        return CartTopology.of(
                new CartDecider(CartLimits.DEFAULT), stores, new CommitPace(System::nanoTime));
    }
}
