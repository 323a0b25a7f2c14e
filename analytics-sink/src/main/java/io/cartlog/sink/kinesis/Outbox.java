package io.cartlog.sink.kinesis;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/// Lines on their way into a stream, in the order of each account.
///
/// A request has one parcel of an account at most: of a request's records some may fail while those
/// behind them do not, and an account's later lines must not be there before its earlier ones. So
/// that a request is full all the same, a parcel has as many of its account's lines as fit.
final class Outbox {
    /// What one request may have, with some room.
    private static final int MOST_PARCELS = 500;

    private static final int MOST_BYTES = 4 << 20;

    /// A line that is longer goes alone.
    private static final int PARCEL_BYTES = 256 << 10;

    private final Map<String, Queue<byte[]>> waiting = new LinkedHashMap<>();

    /// Some lines of an account, one after the other.
    static final class Parcel {
        private final String account;
        private final byte[] data;
        private final int lines;

        private Parcel(String account, byte[] data, int lines) {
            this.account = account;
            this.data = data;
            this.lines = lines;
        }

        String account() {
            return account;
        }

        byte[] data() {
            return data;
        }

        int lines() {
            return lines;
        }
    }

    /// @param line with its end
    void add(String account, byte[] line) {
        waiting.computeIfAbsent(account, _ -> new ArrayDeque<>()).add(line);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /// What to send now; the lines wait until they are [#delivered].
    List<Parcel> next() {
        List<Parcel> request = new ArrayList<>();
        int bytes = 0;
        for (Map.Entry<String, Queue<byte[]>> account : waiting.entrySet()) {
            Parcel parcel = parcel(account.getKey(), account.getValue());
            bytes += parcel.data.length;
            if (bytes > MOST_BYTES && !request.isEmpty()) {
                break;
            }
            request.add(parcel);
            if (request.size() == MOST_PARCELS) {
                break;
            }
        }
        return request;
    }

    private static Parcel parcel(String account, Queue<byte[]> all) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        int lines = 0;
        for (byte[] line : all) {
            if (lines > 0 && data.size() + line.length > PARCEL_BYTES) {
                break;
            }
            data.writeBytes(line);
            lines++;
        }
        return new Parcel(account, data.toByteArray(), lines);
    }

    /// The stream has this one.
    void delivered(Parcel parcel) {
        Queue<byte[]> lines = waiting.get(parcel.account);
        if (lines == null || lines.size() < parcel.lines) {
            throw new IllegalStateException("more lines are delivered than were sent");
        }
        Iterator<byte[]> first = lines.iterator();
        for (int i = 0; i < parcel.lines; i++) {
            first.next();
            first.remove();
        }
        if (lines.isEmpty()) {
            waiting.remove(parcel.account);
        }
    }
}
