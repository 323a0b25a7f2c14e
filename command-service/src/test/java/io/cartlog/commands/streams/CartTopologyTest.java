package io.cartlog.commands.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.commands.cart.Cart;
import io.cartlog.commands.cart.CartDecider;
import io.cartlog.commands.cart.CartLimits;
import io.cartlog.schemas.avro.CommandCodec;
import io.cartlog.schemas.command.CartCommand;
import io.cartlog.schemas.command.CartCommand.AddItem;
import io.cartlog.schemas.command.CartCommand.Batch;
import io.cartlog.schemas.command.CartCommand.CheckOut;
import io.cartlog.schemas.command.CartCommand.ClearCart;
import io.cartlog.schemas.command.CartCommand.LookUp;
import io.cartlog.schemas.command.CartCommand.MergeCart;
import io.cartlog.schemas.command.CartCommand.MoveToCart;
import io.cartlog.schemas.command.CartCommand.Receive;
import io.cartlog.schemas.command.CartCommand.RecordPurchase;
import io.cartlog.schemas.command.CartCommand.RemoveItem;
import io.cartlog.schemas.command.CartCommand.SaveForLater;
import io.cartlog.schemas.command.CartCommand.SetQuantity;
import io.cartlog.schemas.command.CartCommand.TakeBack;
import io.cartlog.schemas.command.CartCommand.UndoLast;
import io.cartlog.schemas.command.CommandEnvelope;
import io.cartlog.schemas.event.CartEvent.CartExpired;
import io.cartlog.schemas.event.CartEvent.CheckedOut;
import io.cartlog.schemas.event.CartEvent.ItemAdded;
import io.cartlog.schemas.event.CartEvent.PurchaseRecorded;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.reply.CartReply.Accepted;
import io.cartlog.schemas.reply.CartReply.CommandIdReused;
import io.cartlog.schemas.reply.CartReply.ItemNotInCart;
import io.cartlog.schemas.reply.CartReply.NothingToUndo;
import io.cartlog.schemas.reply.CartReply.Pending;
import io.cartlog.schemas.reply.CartReply.QuantityAboveLimit;
import io.cartlog.schemas.reply.CartReply.TooMuchRemembered;
import io.cartlog.schemas.reply.CartReply.Unknown;
import io.cartlog.schemas.reply.CartReply.VersionConflict;
import io.cartlog.schemas.reply.ReplyEnvelope;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CartLine;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.schemas.value.MergePolicy;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.SaleKind;
import io.cartlog.schemas.value.Sku;
import io.cartlog.service.tracing.Tracing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.stream.IntStream;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(StoreKind.class)
class CartTopologyTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final AccountId ACCOUNT = new AccountId("17850");
    private static final Sku TV = new Sku("P-1001");
    private static final AddItem ADD = new AddItem(TV, 1, Money.of("199.99"), "TV");
    private static final Keeping KEEPING = new Keeping(Duration.ofDays(30), 8 << 20);
    private static final AccountId GUEST = new AccountId("guest-1");
    private static final MergeCart MERGE = new MergeCart(GUEST, MergePolicy.SUM);
    private static final List<MergePolicy> POLICIES = List.of(MergePolicy.values());
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
        assertThat(entries(Table.Name.ANSWERS_RECENT)).isBetween(7, 14);
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
        table(Table.Name.CARTS).put(utf8("17850"), utf8("broken"));
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

    @Test
    void a_merge_goes_to_the_guest_and_back_and_is_answered_once() {
        send(GUEST, "g1", ADD, NOW);
        send("k1", ADD, NOW);
        send("m1", MERGE, NOW);
        assertThat(allEvents())
                .extracting(e -> e.account() + " " + e.version() + " " + e.event().type())
                .containsExactly(
                        "guest-1 1 ItemAdded",
                        "17850 1 ItemAdded",
                        "guest-1 2 CartHandedOver",
                        "17850 2 CartMerged");
        List<ReplyEnvelope> all = allReplies();
        assertThat(all).hasSize(3);
        assertThat(all.getLast().commandId()).isEqualTo(new CommandId("m1"));
        assertThat(all.getLast().account()).isEqualTo(ACCOUNT);
        assertThat(all.getLast().version()).isEqualTo(2);
        assertThat(cart(ACCOUNT).active()).extracting(CartLine::quantity).containsExactly(2);
        assertThat(cart(GUEST).isEmpty()).isTrue();
        assertThat(deadLetters.isEmpty()).isTrue();
    }

    @Test
    void a_reply_bears_the_marks_of_its_merge_after_all_hops() {
        send(GUEST, "g1", ADD, NOW);
        replies.readRecord();
        Headers headers = replyTo(0);
        headers.add("mark", utf8("m"));
        send(envelope("m1", null, MERGE), NOW, headers);
        assertThat(header(replies.readRecord(), "mark")).isEqualTo("m");
        assertThat(replies.isEmpty()).isTrue();
    }

    @Test
    void the_same_merge_again_gives_the_same_answer() {
        send(GUEST, "g1", ADD, NOW);
        send("m1", MERGE, NOW);
        send(GUEST, "g2", ADD, NOW);
        send("m1", MERGE, NOW);
        List<ReplyEnvelope> all = allReplies();
        assertThat(all.get(3)).isEqualTo(all.get(1).asReplay());
        assertThat(cart(GUEST).active()).hasSize(1);
    }

    @Test
    void an_attempt_that_overtakes_its_own_answer_gives_the_guest_his_lines_back() {
        send(GUEST, "g1", ADD, NOW);
        long fingerprint = new CommandCodec().fingerprint(envelope("m1", null, MERGE));
        send("m1", MERGE, NOW);
        allReplies();
        CartLine late = new CartLine(TV, 4, Money.of("1"), null, NOW, 9);
        Receive twice =
                new Receive(
                        new CommandId("m1"),
                        fingerprint,
                        GUEST,
                        MergePolicy.SUM,
                        List.of(late),
                        List.of());
        send("cartlog:again", twice, NOW);
        assertThat(nextReply().replayed()).isTrue();
        assertThat(cart(ACCOUNT).active()).extracting(CartLine::quantity).containsExactly(1);
        assertThat(cart(GUEST).active()).containsExactly(late);
    }

    @Test
    void a_step_that_is_read_again_is_not_made_again() {
        CartLine line = new CartLine(TV, 4, Money.of("1"), null, NOW, 9);
        TakeBack back = new TakeBack(ACCOUNT, List.of(line), List.of());
        send(GUEST, "cartlog:1", back, NOW);
        send(GUEST, "cartlog:1", back, NOW);
        assertThat(allEvents()).hasSize(1);
        assertThat(cart(GUEST).active()).containsExactly(line);
        assertThat(replies.isEmpty()).isTrue();
    }

    @Test
    void a_merge_that_does_not_fit_leaves_the_guest_his_lines() {
        send(GUEST, "g1", new AddItem(TV, 9_999, Money.of("1"), null), NOW);
        send("k1", ADD, NOW);
        send("m1", MERGE, NOW);
        assertThat(allReplies().getLast().reply())
                .isEqualTo(new QuantityAboveLimit(TV, 1, 10_000, 9_999));
        assertThat(cart(GUEST).active()).extracting(CartLine::quantity).containsExactly(9_999);
        assertThat(allEvents())
                .extracting(e -> e.event().type())
                .endsWith("CartHandedOver", "CartReturned");
    }

    @Test
    void a_merge_of_nothing_is_accepted_without_an_event() {
        send("m1", MERGE, NOW);
        ReplyEnvelope reply = nextReply();
        assertThat(reply.reply()).isEqualTo(new Accepted(List.of()));
        assertThat(reply.version()).isZero();
        assertNothingElse();
    }

    @Test
    void many_logins_with_one_guest_merge_him_once() {
        for (int i = 0; i < 65; i++) {
            send(GUEST, "g" + i, new AddItem(new Sku("P-" + i), 2, Money.of("1"), null), NOW);
        }
        for (int i = 0; i < 20; i++) {
            send("m" + i, MERGE, NOW);
        }
        assertThat(allReplies()).allMatch(r -> r.reply() instanceof Accepted);
        assertThat(cart(ACCOUNT).active())
                .hasSize(65)
                .extracting(CartLine::quantity)
                .containsOnly(2);
        assertThat(cart(ACCOUNT).version()).isEqualTo(1);
        send("u", new UndoLast(), NOW);
        assertThat(cart(ACCOUNT).active()).isEmpty();
        assertThat(cart(GUEST).active()).hasSize(65);
    }

    @Test
    void what_undoes_is_forgotten_when_something_else_happens() {
        send(GUEST, "g1", ADD, NOW);
        send("m1", MERGE, NOW);
        assertThat(entries(Table.Name.UNDOS)).isEqualTo(2);
        send("k1", ADD, NOW);
        assertThat(entries(Table.Name.UNDOS)).isZero();
        send("u1", new UndoLast(), NOW);
        assertThat(allReplies().getLast().reply()).isEqualTo(new NothingToUndo(2, 1));
    }

    @Test
    void a_conflict_is_not_the_end_of_a_command() {
        send("k0", ADD, NOW);
        send(expecting("k1", 7, new CheckOut()), NOW, replyTo(0));
        send(expecting("k1", 1, new CheckOut()), NOW, replyTo(0));
        send(expecting("k1", 9, new CheckOut()), NOW, replyTo(0));
        List<ReplyEnvelope> all = allReplies();
        assertThat(all.get(1).reply())
                .isInstanceOfSatisfying(
                        VersionConflict.class,
                        c -> {
                            assertThat(c.actual()).isEqualTo(1);
                            assertThat(c.cart()).hasSize(1);
                        });
        assertThat(all.get(2).reply()).isInstanceOf(Accepted.class);
        assertThat(all.get(3)).isEqualTo(all.get(2).asReplay());
    }

    @Test
    void a_batch_is_one_answer_with_all_its_events() {
        send("b1", new Batch(List.of(ADD, ADD, new SetQuantity(TV, 7))), NOW);
        assertThat(allEvents()).extracting(RecordedEvent::version).containsExactly(1L, 2L, 3L);
        ReplyEnvelope reply = nextReply();
        assertThat(reply.version()).isEqualTo(3);
        assertThat(((Accepted) reply.reply()).events())
                .hasSize(3)
                .extracting(RecordedEvent::eventId)
                .doesNotHaveDuplicates();
    }

    @Test
    void who_asks_what_became_of_a_command_is_told() {
        send("k1", ADD, NOW);
        send("k2", new RemoveItem(new Sku("P-9")), NOW);
        send(expecting("k3", 7, ADD), NOW, replyTo(0));
        List<ReplyEnvelope> first = allReplies();
        for (String id : List.of("k1", "k2", "k3", "k4")) {
            send("ask-" + id, new LookUp(new CommandId(id)), NOW);
        }
        List<ReplyEnvelope> asked = allReplies();
        assertThat(asked.get(0)).isEqualTo(first.get(0).asReplay());
        assertThat(asked.get(1)).isEqualTo(first.get(1).asReplay());
        assertThat(asked.get(2).reply()).isEqualTo(first.get(2).reply());
        assertThat(asked.get(3).reply()).isEqualTo(new Unknown());
        assertThat(allEvents()).hasSize(1);
        send("ask-k1", ADD, NOW);
        assertThat(allEvents()).as("a look-up is not remembered").hasSize(1);
    }

    @Test
    void a_merge_that_waits_for_the_guest_is_pending() {
        new Answers(driver.getKeyValueStore(Table.STORE))
                .put(ACCOUNT, new CommandId("m1"), Answer.pending(1, NOW));
        send("ask", new LookUp(new CommandId("m1")), NOW);
        assertThat(nextReply().reply()).isEqualTo(new Pending());
    }

    @Test
    void a_checkout_that_was_refused_is_not_remembered_for_ever() {
        send("k1", new CheckOut(), NOW);
        assertThat(entries(Table.Name.ANSWERS_FOR_EVER)).isZero();
        send("k1", new CheckOut(), NOW);
        assertThat(allReplies()).extracting(ReplyEnvelope::replayed).containsExactly(false, true);
    }

    @Test
    void what_is_remembered_of_one_account_has_a_limit() {
        Batch large =
                new Batch(
                        IntStream.range(0, 100)
                                .<CartCommand.Action>mapToObj(
                                        i -> i % 2 == 0 ? ADD : new RemoveItem(TV))
                                .toList());
        int sent = 0;
        ReplyEnvelope last;
        do {
            send("k" + sent++, large, NOW);
            last = nextReply();
        } while (last.reply() instanceof Accepted && sent < 5_000);
        assertThat(last.reply()).isInstanceOf(TooMuchRemembered.class);
        assertThat(sent).isBetween(100, 2_000);
        send(GUEST, "other", ADD, NOW);
        assertThat(nextReply().reply()).isInstanceOf(Accepted.class);
        send("k0", large, NOW);
        assertThat(nextReply().replayed()).isTrue();
        send("later", ADD, NOW.plus(Answers.MEMORY));
        assertThat(nextReply().reply()).isInstanceOf(Accepted.class);
    }

    @Test
    void the_cart_of_a_guest_expires_and_nobody_elses() {
        send(GUEST, "g1", ADD, NOW);
        send("k1", ADD, NOW);
        send("k2", ADD, NOW.plus(KEEPING.guestIdle()).minusMillis(1));
        assertThat(allEvents()).hasSize(3);
        send("k3", ADD, NOW.plus(KEEPING.guestIdle()).plusSeconds(120));
        List<RecordedEvent> events = allEvents();
        assertThat(events).hasSize(2);
        RecordedEvent expired =
                events.stream().filter(e -> e.account().equals(GUEST)).findFirst().orElseThrow();
        assertThat(expired.event()).isInstanceOf(CartExpired.class);
        assertThat(expired.version()).isEqualTo(2);
        assertThat(expired.occurredAt()).isEqualTo(NOW.plus(KEEPING.guestIdle()));
        assertThat(expired.eventId().version()).isEqualTo(7);
        assertThat(cart(GUEST).isEmpty()).isTrue();
        assertThat(entries(Table.Name.IDLE_GUESTS)).isZero();
        send("k4", ADD, NOW.plus(KEEPING.guestIdle()).plusSeconds(1_000));
        assertThat(allEvents()).hasSize(1);
    }

    @Test
    void a_guest_who_comes_back_in_time_keeps_his_cart() {
        send(GUEST, "g1", ADD, NOW);
        send(GUEST, "g2", ADD, NOW.plus(Duration.ofDays(20)));
        send("k1", ADD, NOW.plus(Duration.ofDays(31)));
        assertThat(cart(GUEST).active()).hasSize(1);
        send("k2", ADD, NOW.plus(Duration.ofDays(51)));
        send("k3", ADD, NOW.plus(Duration.ofDays(52)));
        assertThat(cart(GUEST).active()).isEmpty();
    }

    @Test
    void guests_without_lines_are_not_kept_in_mind() {
        send(GUEST, "g1", ADD, NOW);
        send(GUEST, "g2", new RemoveItem(TV), NOW.plusSeconds(100));
        send(
                GUEST,
                "g3",
                new RecordPurchase(ORDER, TV, null, 1, Money.of("1"), null, SaleKind.SALE),
                NOW.plusSeconds(200));
        assertThat(entries(Table.Name.IDLE_GUESTS)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whatever_happens_the_state_is_what_the_events_make_of_nothing(long seed) {
        Random random = new Random(seed);
        List<AccountId> accounts =
                List.of(ACCOUNT, new AccountId("17851"), GUEST, new AccountId("guest-2"));
        Instant time = NOW;
        for (int i = 0; i < 1_500; i++) {
            time = time.plusMillis(random.nextInt(3) * 3_600_000L);
            AccountId account = accounts.get(random.nextInt(4));
            Long expected = random.nextInt(4) == 0 ? cart(account).version() : null;
            CommandEnvelope envelope =
                    new CommandEnvelope(
                            new CommandId("k" + random.nextInt(1_400)),
                            account,
                            null,
                            expected,
                            anything(random, account));
            send(envelope, time, replyTo(0));
        }
        Map<AccountId, Cart> folded = new HashMap<>();
        for (RecordedEvent event : allEvents()) {
            Cart before = folded.getOrDefault(event.account(), Cart.EMPTY);
            Cart after = CartDecider.evolve(before, event.event());
            assertThat(event.version()).isEqualTo(before.version() + 1).isEqualTo(after.version());
            folded.put(event.account(), after);
        }
        assertThat(folded).hasSize(4);
        folded.forEach((account, cart) -> assertThat(cart(account)).isEqualTo(cart));
        assertThat(allReplies()).hasSize(1_500);
        assertThat(deadLetters.isEmpty()).isTrue();
    }

    private static CartCommand anything(Random random, AccountId account) {
        Sku sku = new Sku("P-" + random.nextInt(6));
        AddItem add = new AddItem(sku, 1 + random.nextInt(5), Money.of("2"), null);
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> add;
            case 3 -> new RemoveItem(sku);
            case 4 -> new SaveForLater(sku);
            case 5 -> new MoveToCart(sku, null, null);
            case 6 -> new CheckOut();
            case 7 -> new ClearCart();
            case 8 -> new UndoLast();
            case 9 -> new Batch(List.of(add, new SetQuantity(sku, 3), new SaveForLater(sku)));
            default ->
                    account.isGuest()
                            ? add
                            : new MergeCart(
                                    new AccountId("guest-" + (1 + random.nextInt(2))),
                                    POLICIES.get(random.nextInt(4)));
        };
    }

    private Cart cart(AccountId account) {
        return new Carts(driver.getKeyValueStore(Table.STORE)).of(account).cart();
    }

    private Table table(Table.Name name) {
        return new Table(name, driver.getKeyValueStore(Table.STORE));
    }

    private int entries(Table.Name name) {
        byte[] behindAll = new byte[64];
        Arrays.fill(behindAll, (byte) 0xFF);
        return table(name).keys(new byte[0], behindAll, Integer.MAX_VALUE).size();
    }

    private static CommandEnvelope expecting(String id, long version, CartCommand command) {
        return new CommandEnvelope(new CommandId(id), ACCOUNT, null, version, command);
    }

    private void send(AccountId account, String id, CartCommand command, Instant time) {
        send(new CommandEnvelope(new CommandId(id), account, null, command), time, replyTo(0));
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

    @Test
    void a_decider_that_follows_nobody_adds_no_header_to_events_and_takes_none_from_replies() {
        Headers headers = new RecordHeaders();
        headers.add(Topics.REPLY_PARTITION, new byte[4]).add("traceparent", new byte[] {1, 2});
        CommandEnvelope command = new CommandEnvelope(new CommandId("a"), ACCOUNT, null, ADD);

        commands.pipeInput(
                new TestRecord<>(
                        utf8(ACCOUNT.value()),
                        Topics.COMMANDS.values().toBytes(command),
                        headers,
                        NOW));

        assertThat(events.readRecord().headers()).isEmpty();
        assertThat(replies.readRecord().headers()).isEqualTo(headers);
        assertNothingElse();
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
                new CartDecider(CartLimits.DEFAULT),
                KEEPING,
                stores,
                new CommitPace(System::nanoTime),
                Tracing.OFF);
    }
}
