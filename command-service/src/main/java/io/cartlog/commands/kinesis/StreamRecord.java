package io.cartlog.commands.kinesis;

/// A record of a stream, with its place.
public final class StreamRecord {
    private final String stream;
    private final String shard;
    private final String sequence;
    private final byte[] data;

    StreamRecord(String stream, String shard, String sequence, byte[] data) {
        this.stream = stream;
        this.shard = shard;
        this.sequence = sequence;
        this.data = data;
    }

    public String shard() {
        return shard;
    }

    /// Its number, which grows along the shard.
    public String sequence() {
        return sequence;
    }

    /// Where it stands: `kinesis:STREAM/SHARD@SEQUENCE`.
    public String place() {
        return "kinesis:%s/%s@%s".formatted(stream, shard, sequence);
    }

    public byte[] data() {
        return data;
    }
}
