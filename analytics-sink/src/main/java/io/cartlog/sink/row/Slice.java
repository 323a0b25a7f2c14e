package io.cartlog.sink.row;

/// A text in UTF-8 as a part of somebody's bytes. It can be pointed at another one, so that many
/// texts cost one object.
public final class Slice {
    private static final byte[] EMPTY = {};

    private byte[] array = EMPTY;
    private int start;
    private int length;
    private boolean present;

    void set(byte[] bytes, int from, int count) {
        array = bytes;
        start = from;
        length = count;
        present = true;
    }

    void set(byte[] all) {
        set(all, 0, all.length);
    }

    /// There is no text, which is not the same as an empty one.
    void clear() {
        present = false;
    }

    public boolean isPresent() {
        return present;
    }

    /// The bytes that it is a part of. Not to be changed, nor kept.
    public byte[] array() {
        return array;
    }

    public int start() {
        return start;
    }

    public int length() {
        return length;
    }
}
