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
import org.jspecify.annotations.Nullable;

/// A wire to a server that can be cut, and that can lose the answer to a request.
final class Wire implements AutoCloseable {
    private final int target;
    private final ServerSocket entrance;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private volatile @Nullable String loseAnswerTo;

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

    /// The next request with this text reaches the server, is answered, and the answer is lost with
    /// the connection.
    void loseAnswerTo(String text) {
        loseAnswerTo = text;
    }

    /// Whether such a request has come.
    boolean hasLostAnAnswer() {
        return loseAnswerTo == null;
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
        private volatile boolean swallow;

        Line(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void up() {
            pump(client, server, true);
        }

        void down() {
            pump(server, client, false);
        }

        private void pump(Socket from, Socket to, boolean requests) {
            byte[] buffer = new byte[1 << 16];
            try (from;
                    to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    if (requests) {
                        watch(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
                    } else if (swallow) {
                        return;
                    }
                    out.write(buffer, 0, n);
                }
            } catch (IOException _) {
                // Either end hung up; the other end is hung up too.
            }
        }

        private void watch(String request) {
            String text = loseAnswerTo;
            if (text != null && request.contains(text)) {
                swallow = true;
                loseAnswerTo = null;
            }
        }
    }
}
