package io.cartlog.cli.imports;

import io.cartlog.cli.terminal.CommandFailedException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// An object's bytes in their order, though they are fetched in ranges, several at once. A line
/// that crosses from one range into the next is whole again here. Whoever reads slowly is not
/// overrun: no more ranges are asked for than may wait.
///
/// Trouble with the bucket is thrown as [CommandFailedException], not as an `IOException`: that
/// would be trouble with the file.
final class ParallelRanges extends InputStream {
    private final Ranges ranges;
    private final long size;
    private final int length;
    private final int atOnce;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Deque<Future<byte[]>> coming = new ArrayDeque<>();
    private long asked;
    private long delivered;
    private byte[] current = {};
    private int at;

    /// Fetches a range.
    @FunctionalInterface
    interface Ranges {
        byte[] read(long from, int length);
    }

    /// @param from where reading begins
    /// @param size of the object
    /// @param length of a range
    /// @param atOnce ranges that are held or under way at most, besides the one that is read
    ParallelRanges(Ranges ranges, long from, long size, int length, int atOnce) {
        this.ranges = ranges;
        this.asked = from;
        this.delivered = from;
        this.size = size;
        this.length = length;
        this.atOnce = atOnce;
    }

    /// How far the object has been read, in its bytes.
    long delivered() {
        return delivered;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int wanted) {
        if (wanted == 0) {
            return 0;
        }
        if (at == current.length && !advance()) {
            return -1;
        }
        int count = Math.min(wanted, current.length - at);
        System.arraycopy(current, at, into, offset, count);
        at += count;
        delivered += count;
        return count;
    }

    /// Whether there is another range.
    private boolean advance() {
        askAhead();
        Future<byte[]> next = coming.poll();
        if (next == null) {
            return false;
        }
        current = arrived(next);
        at = 0;
        askAhead();
        return true;
    }

    private void askAhead() {
        while (coming.size() < atOnce && asked < size) {
            long from = asked;
            int bytes = Math.toIntExact(Math.min(length, size - from));
            coming.add(threads.submit(() -> whole(from, bytes)));
            asked += bytes;
        }
    }

    private byte[] whole(long from, int bytes) {
        byte[] range = ranges.read(from, bytes);
        if (range.length != bytes) {
            throw new CommandFailedException(
                    "%d bytes at %d instead of %d".formatted(range.length, from, bytes));
        }
        return range;
    }

    private static byte[] arrived(Future<byte[]> range) {
        try {
            return range.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CommandFailedException told
                    ? told
                    : new IllegalStateException("a range could not be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
