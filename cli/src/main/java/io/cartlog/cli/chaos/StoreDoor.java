package io.cartlog.cli.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Hands connections on to a store, as long as it is open. While it is shut nobody listens, and
/// what was connected is not any more.
final class StoreDoor implements AutoCloseable {
    private final InetSocketAddress store;
    private final InetSocketAddress here;
    private final Set<Socket> connected = ConcurrentHashMap.newKeySet();
    private ServerSocket listener;
    private Thread acceptor;

    StoreDoor(URI store) throws IOException {
        this.store = new InetSocketAddress(store.getHost(), store.getPort());
        this.listener = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
        this.here = new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
        this.acceptor = acceptor(this, listener);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + here.getPort());
    }

    /// The port is free when the thread has left it.
    void shut() throws IOException, InterruptedException {
        close();
        acceptor.join();
    }

    void open() throws IOException {
        ServerSocket again = new ServerSocket();
        again.setReuseAddress(true);
        again.bind(here, 128);
        listener = again;
        acceptor = acceptor(this, again);
    }

    private static Thread acceptor(StoreDoor door, ServerSocket from) {
        return Thread.ofVirtual().start(() -> door.acceptAll(from));
    }

    private void acceptAll(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                connect(from.accept());
            } catch (IOException _) {
                // shut, or the store is away: who connected is told by the end of the connection
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket server = new Socket();
        connected.add(client);
        connected.add(server);
        try {
            server.connect(store);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        } catch (IOException e) {
            end(client, server);
            throw e;
        }
        Thread.ofVirtual().start(() -> hand(client, server));
        Thread.ofVirtual().start(() -> hand(server, client));
    }

    private void hand(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException _) {
            // one of the two has ended, so both do
        } finally {
            end(from, to);
        }
    }

    private void end(Socket one, Socket other) {
        close(one);
        close(other);
        connected.remove(one);
        connected.remove(other);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        connected.forEach(StoreDoor::close);
        connected.clear();
    }
}
