package io.cartlog.cli.behaviour;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// A file's lines in bytes, which tell whether the file has their end.
public final class ByteLines implements Closeable {
    private static final int LONGEST = 64 << 10;

    private final InputStream in;
    private final byte[] buffer = new byte[LONGEST];
    private int at;
    private int end;
    private long position;
    private @Nullable IOException failure;

    public ByteLines(InputStream in) {
        this.in = in;
    }

    /// One of them.
    public static final class Line {
        private final byte[] bytes;
        private final boolean ended;
        private final @Nullable String trouble;

        private Line(byte[] bytes, boolean ended, @Nullable String trouble) {
            this.bytes = bytes;
            this.ended = ended;
            this.trouble = trouble;
        }

        public byte[] bytes() {
            return bytes;
        }

        /// Whether the line's end is there.
        public boolean ended() {
            return ended;
        }

        /// Why there is not all of it; null if there is.
        public @Nullable String trouble() {
            return trouble;
        }
    }

    /// The next line, or null at the end. Where the file cannot be read any further (a gzip file
    /// that breaks off), that is the last line's trouble.
    public @Nullable Line next() {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        boolean any = false;
        boolean tooLong = false;
        while (failure == null && fill()) {
            any = true;
            int newline = indexOfNewline();
            int upTo = newline < 0 ? end : newline;
            if (line.size() + upTo - at > LONGEST) {
                tooLong = true;
            } else {
                line.write(buffer, at, upTo - at);
            }
            int beyond = newline < 0 ? end : newline + 1;
            position += beyond - at;
            at = beyond;
            if (newline >= 0) {
                return new Line(line.toByteArray(), true, tooLong ? tooLong() : null);
            }
        }
        return last(line.toByteArray(), any, tooLong);
    }

    /// How many bytes the lines so far have, with their ends.
    public long position() {
        return position;
    }

    private @Nullable Line last(byte[] bytes, boolean any, boolean tooLong) {
        IOException broken = failure;
        if (broken != null) {
            // Told once.
            failure = null;
            at = -1;
            return new Line(bytes, false, "the file breaks off here: " + broken.getMessage());
        }
        return any ? new Line(bytes, false, tooLong ? tooLong() : null) : null;
    }

    private static String tooLong() {
        return "the line has more than %d bytes".formatted(LONGEST);
    }

    /// Whether there are bytes to be looked at.
    private boolean fill() {
        if (at < 0) {
            return false;
        }
        if (at < end) {
            return true;
        }
        at = 0;
        try {
            end = Math.max(0, in.read(buffer));
        } catch (IOException e) {
            end = 0;
            failure = e;
        }
        return end > 0;
    }

    private int indexOfNewline() {
        for (int i = at; i < end; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
