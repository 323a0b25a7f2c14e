package io.cartlog.sink;

import io.cartlog.schemas.avro.ReleasedSchemas;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/// A version of the event's schema as a later release may bring it: with one more field, that has a
/// default. Released for the tests alone.
final class SecondVersion {
    private static final int HEADER = 5;
    private static final int ID = 1_000_002;
    private static final Schema FIRST = ReleasedSchemas.of("cart-event").getFirst();
    private static final Schema SECOND = withOneMoreField();

    static {
        release();
    }

    private SecondVersion() {}

    /// The same event, written by the later release.
    ///
    /// @param first as today's release writes it
    static byte[] of(byte[] first) {
        try {
            GenericRecord event =
                    new GenericDatumReader<GenericRecord>(FIRST, SECOND)
                            .read(
                                    null,
                                    DecoderFactory.get()
                                            .binaryDecoder(
                                                    first, HEADER, first.length - HEADER, null));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(ByteBuffer.allocate(HEADER).put((byte) 0).putInt(ID).array());
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<GenericRecord>(SECOND).write(event, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Schema withOneMoreField() {
        List<Schema.Field> fields = new ArrayList<>();
        FIRST.getFields().forEach(f -> fields.add(new Schema.Field(f, f.schema())));
        Schema text = Schema.create(Schema.Type.STRING);
        fields.add(2, new Schema.Field("channel", text, "Where it came from.", "unknown"));
        return Schema.createRecord(
                FIRST.getName(), FIRST.getDoc(), FIRST.getNamespace(), false, fields);
    }

    @SuppressWarnings("unchecked")
    private static void release() {
        try {
            Field schemas = ReleasedSchemas.class.getDeclaredField("SCHEMAS");
            schemas.setAccessible(true);
            ((Map<Integer, Schema>) schemas.get(null)).put(ID, SECOND);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no place for a schema of the tests", e);
        }
    }
}
