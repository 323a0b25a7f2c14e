package io.cartlog.sink;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A wire to a server that can be cut, and that does something when a request comes by.
final class Wire implements AutoCloseable {
    private final int target;
    private final ServerSocket entrance;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private final AtomicReference<@Nullable Trap> trap = new AtomicReference<>();

    /// @param delivered whether the server gets the request, and answers it, before it snaps
    private record Trap(Pattern text, boolean delivered, Runnable what) {}

    Wire(int target) {
        this.target = target;
        try {
            entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    void cut() {
        cut = true;
        open.forEach(Wire::hangUp);
    }

    void mend() {
        cut = false;
    }

    /// The next request in which this expression is found reaches the server, is answered, and the
    /// answer is lost with the connection.
    void loseAnswerTo(String text) {
        afterAnswerTo(text, () -> {});
    }

    /// Does something when the next request comes in which this expression is found, and loses it
    /// with the connection.
    void before(String text, Runnable what) {
        trap.set(new Trap(Pattern.compile(text), false, what));
    }

    /// Does something when the next request in which this expression is found is answered, and
    /// loses the answer with the connection.
    void afterAnswerTo(String text, Runnable what) {
        trap.set(new Trap(Pattern.compile(text), true, what));
    }

    /// Whether such a request has come.
    boolean hasSnapped() {
        return trap.get() == null;
    }

    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                connect(entrance.accept());
            } catch (IOException _) {
                // The wire is being closed, or the server is gone: the client sees a dead line.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        if (cut) {
            client.close();
            return;
        }
        Line line = new Line(client, new Socket(InetAddress.getLoopbackAddress(), target));
        open.add(line.client);
        open.add(line.server);
        Thread.ofVirtual().start(line::up);
        Thread.ofVirtual().start(line::down);
    }

    private static void hangUp(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Line {
        final Socket client;
        final Socket server;
        private volatile @Nullable Trap snapped;

        Line(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void up() {
            pump(client, server, this::request);
        }

        void down() {
            pump(server, client, _ -> answer());
        }

        private void pump(Socket from, Socket to, Predicate<String> passes) {
            byte[] buffer = new byte[1 << 16];
            try (from;
                    to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    if (!passes.test(new String(buffer, 0, n, StandardCharsets.ISO_8859_1))) {
                        return;
                    }
                    out.write(buffer, 0, n);
                }
            } catch (IOException _) {
                // Either end hung up; the other end is hung up too.
            }
        }

        private boolean request(String text) {
            Trap set = trap.get();
            if (set == null || !set.text.matcher(text).find() || !trap.compareAndSet(set, null)) {
                return true;
            }
            if (set.delivered) {
                snapped = set;
                return true;
            }
            set.what.run();
            return false;
        }

        private boolean answer() {
            Trap own = snapped;
            if (own != null) {
                own.what.run();
            }
            return own == null;
        }
    }
}
