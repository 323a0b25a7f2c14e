package io.cartlog.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.schemas.avro.Codec;
import io.cartlog.schemas.avro.CommandCodec;
import io.cartlog.schemas.avro.ReleasedSchemas;
import io.cartlog.schemas.avro.UnreadableRecordException;
import io.cartlog.schemas.command.CommandEnvelope;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.wire.ClickRecord;
import io.cartlog.wire.CommandRecord;
import io.cartlog.wire.EventRecord;
import io.cartlog.wire.ReplyRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidatorBuilder;
import org.junit.jupiter.api.Test;

class WireFormatTest {
    private static final Map<String, Schema> NEWEST =
            Map.of(
                    "cart-event", EventRecord.getClassSchema(),
                    "cart-command", CommandRecord.getClassSchema(),
                    "cart-reply", ReplyRecord.getClassSchema(),
                    "shop-click", ClickRecord.getClassSchema());

    @Test
    void what_is_written_is_read_back() {
        assertThat(reread(Samples.events(), Topics.EVENTS.values())).isEqualTo(Samples.events());
        assertThat(reread(Samples.commands(), Topics.COMMANDS.values()))
                .isEqualTo(Samples.commands());
        assertThat(reread(Samples.replies(), Topics.REPLIES.values())).isEqualTo(Samples.replies());
        assertThat(reread(Samples.clicks(), Topics.CLICKS.values())).isEqualTo(Samples.clicks());
    }

    @Test
    void the_bytes_of_every_released_version_are_still_read() throws IOException {
        assertThat(read(golden("cart-event.v1"), Topics.EVENTS.values()))
                .isEqualTo(Samples.events());
        assertThat(read(golden("cart-command.v1"), Topics.COMMANDS.values()))
                .isEqualTo(Samples.commands());
        assertThat(read(golden("cart-reply.v1"), Topics.REPLIES.values()))
                .isEqualTo(Samples.replies());
        assertThat(read(golden("shop-click.v1"), Topics.CLICKS.values()))
                .isEqualTo(Samples.clicks());
    }

    @Test
    void the_bytes_of_the_newest_version_have_not_changed() throws IOException {
        assertThat(written(Samples.events(), Topics.EVENTS.values()))
                .containsExactlyElementsOf(golden("cart-event.v1"));
        assertThat(written(Samples.commands(), Topics.COMMANDS.values()))
                .containsExactlyElementsOf(golden("cart-command.v1"));
        assertThat(written(Samples.replies(), Topics.REPLIES.values()))
                .containsExactlyElementsOf(golden("cart-reply.v1"));
        assertThat(written(Samples.clicks(), Topics.CLICKS.values()))
                .containsExactlyElementsOf(golden("shop-click.v1"));
    }

    @Test
    void the_newest_released_schema_is_the_one_in_use() {
        NEWEST.forEach((message, schema) ->
                assertThat(plain(schema)).isEqualTo(plain(ReleasedSchemas.of(message).getLast())));
    }

    @Test
    void every_released_schema_can_be_read_by_and_can_read_every_other()
            throws SchemaValidationException {
        var validator = new SchemaValidatorBuilder().mutualReadStrategy().validateAll();
        for (Map.Entry<String, Schema> message : NEWEST.entrySet()) {
            validator.validate(message.getValue(), ReleasedSchemas.of(message.getKey()).reversed());
        }
    }

    @Test
    void garbage_is_unreadable() {
        Codec<?> events = Topics.EVENTS.values();
        byte[] whole = Topics.EVENTS.values().toBytes(Samples.events().getFirst());
        byte[] foreign = Topics.COMMANDS.values().toBytes(Samples.commands().getFirst());
        byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 1);
        byte[] longer = java.util.Arrays.copyOf(whole, whole.length + 1);
        byte[] unknownId = whole.clone();
        unknownId[4] = 99;
        byte[] text = "{\"type\":\"ItemAdded\"}".getBytes(StandardCharsets.UTF_8);
        for (byte[] bytes : List.of(new byte[0], text, foreign, cut, longer, unknownId)) {
            assertThatThrownBy(() -> events.fromBytes(bytes))
                    .isInstanceOf(UnreadableRecordException.class);
        }
    }

    @Test
    void the_fingerprint_is_of_the_wish_and_not_of_its_name_or_condition() {
        CommandCodec codec = new CommandCodec();
        List<CommandEnvelope> commands = Samples.commands();
        assertThat(commands.stream().map(codec::fingerprint)).doesNotHaveDuplicates();
        assertThat(commands)
                .allSatisfy(c ->
                        assertThat(codec.fingerprint(renamed(c))).isEqualTo(codec.fingerprint(c)));
    }

    /// The schema without what the code generator adds.
    private static String plain(Schema schema) {
        return schema.toString()
                .replace("{\"type\":\"string\",\"avro.java.string\":\"String\"}", "\"string\"")
                .replace(",\"avro.java.string\":\"String\"", "");
    }

    private static CommandEnvelope renamed(CommandEnvelope c) {
        return new CommandEnvelope(
                new CommandId("another"), c.account(), c.occurredAt(), 7L, c.command());
    }

    private static <V> List<V> reread(List<V> messages, Codec<V> codec) {
        return messages.stream().map(codec::toBytes).map(codec::fromBytes).toList();
    }

    private static <V> List<V> read(List<byte[]> records, Codec<V> codec) {
        return records.stream().map(codec::fromBytes).toList();
    }

    private static <V> List<byte[]> written(List<V> messages, Codec<V> codec) {
        return messages.stream().map(codec::toBytes).toList();
    }

    /// One record a line, in hexadecimal.
    private static List<byte[]> golden(String name) throws IOException {
        try (InputStream in =
                WireFormatTest.class.getResourceAsStream("/golden/" + name + ".hex")) {
            assertThat(in).as("golden/%s.hex", name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(HexFormat.of()::parseHex)
                    .toList();
        }
    }
}
