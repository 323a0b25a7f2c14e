package io.cartlog.schemas.avro;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;
import org.jspecify.annotations.Nullable;

/// The Confluent wire format: a zero byte, the schema's id in 4 bytes big-endian, Avro's binary
/// form.
final class WireFormat<R extends SpecificRecordBase> {
    static final int HEADER = 5;

    static {
        // Avro 1.12.2 loads no generated class that nobody declared trusted.
        ClassSecurityPredicate ours = c -> c.getPackageName().equals("io.cartlog.wire");
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), ours));
    }

    private final int writerId;
    private final SpecificData model;
    private final Schema schema;
    private final Class<R> type;
    private final SchemaWriter writer;
    private final SchemaReader reader;
    private final ConcurrentMap<Integer, SpecificDatumReader<R>> readers =
            new ConcurrentHashMap<>();
    private final ThreadLocal<Buffers> buffers = ThreadLocal.withInitial(Buffers::new);

    /// @param writerId of the schema of `type`
    WireFormat(int writerId, Class<R> type) {
        this.writerId = writerId;
        this.type = type;
        this.model = SpecificData.getForClass(type);
        this.schema = model.getSchema(type);
        this.writer = new SchemaWriter(schema, model);
        this.reader = new SchemaReader(schema, model);
    }

    byte[] encode(R message) {
        Bytes out = buffers.get().out.clear().put((byte) 0).fixed(writerId);
        writer.write(message, out);
        return out.toArray();
    }

    R decode(byte[] bytes) {
        if (bytes.length < HEADER || bytes[0] != 0) {
            throw new UnreadableRecordException("no schema id: the record does not start with 0");
        }
        int id = ByteBuffer.wrap(bytes).getInt(1);
        Buffers own = buffers.get();
        try {
            own.decoder =
                    DecoderFactory.get()
                            .binaryDecoder(bytes, HEADER, bytes.length - HEADER, own.decoder);
            R message = read(id, own.decoder);
            if (!own.decoder.isEnd()) {
                throw new UnreadableRecordException("bytes are left after the record");
            }
            return message;
        } catch (IOException | RuntimeException e) {
            if (e instanceof UnreadableRecordException unreadable) {
                throw unreadable;
            }
            throw new UnreadableRecordException("not the Avro form of schema " + id, e);
        }
    }

    private R read(int id, BinaryDecoder in) throws IOException {
        return id == writerId
                ? type.cast(reader.read(in))
                : readers.computeIfAbsent(id, this::resolving).read(null, in);
    }

    private SpecificDatumReader<R> resolving(int id) {
        Schema written = ReleasedSchemas.byId(id);
        if (written == null || !written.getFullName().equals(schema.getFullName())) {
            throw new UnreadableRecordException(
                    "schema id " + id + " is no " + schema.getFullName());
        }
        return new SpecificDatumReader<>(written, schema, model);
    }

    private static final class Buffers {
        final Bytes out = new Bytes();
        @Nullable BinaryDecoder decoder;
    }
}
