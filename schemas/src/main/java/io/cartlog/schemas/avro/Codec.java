package io.cartlog.schemas.avro;

/// Values to bytes and back.
public interface Codec<V> {
    byte[] toBytes(V value);

    /// @throws UnreadableRecordException if the bytes are none that this codec or an older one
    ///   wrote
    V fromBytes(byte[] bytes);
}
