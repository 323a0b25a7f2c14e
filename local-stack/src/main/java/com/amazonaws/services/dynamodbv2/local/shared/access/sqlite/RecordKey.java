package com.amazonaws.services.dynamodbv2.local.shared.access.sqlite;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/// Which item of which table, the key's parts as SQLite stores them (hash first).
@NullMarked
record RecordKey(String table, List<ByteBuffer> parts) {
    static RecordKey of(String table, List<byte[]> parts) {
        return new RecordKey(table, parts.stream().map(ByteBuffer::wrap).toList());
    }

    @SuppressWarnings("ByteBufferBackingArray") // wrapped whole, above
    List<byte[]> bytes() {
        return parts.stream().map(ByteBuffer::array).toList();
    }
}
