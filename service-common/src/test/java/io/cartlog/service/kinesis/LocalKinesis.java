package io.cartlog.service.kinesis;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// npm's `kinesis-local` as a process of its own, on this machine alone: by itself it listens on
/// all of its networks.
public final class LocalKinesis implements AutoCloseable {
    public static final String HOW_TO_GET_IT =
            "there is no kinesis-local on the path; npm install -g kinesis-local";

    private static final String PROGRAM = "kinesis-local";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String ON_LOOPBACK =
            """
            const net = require('node:net');
            const listen = net.Server.prototype.listen;
            net.Server.prototype.listen = function (...args) {
              const first = args[0];
              const port = typeof first === 'object' ? first.port : first;
              const callback = args.find((it) => typeof it === 'function');
              return listen.call(this, { port, host: '127.0.0.1' }, callback);
            };
            """;

    private final Process process;
    private final int port;

    private LocalKinesis(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Where it is, if somebody has put it on the path.
    public static Optional<Path> program() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, PROGRAM))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// @param folder for its files
    /// @param streams that it begins with, as `name:shards` with commas between
    public static LocalKinesis start(Path program, Path folder, String streams)
            throws IOException, InterruptedException {
        Path main = program.toRealPath();
        Path onLoopback = Files.writeString(folder.resolve("loopback.cjs"), ON_LOOPBACK);
        int port = freePort();
        ProcessBuilder builder =
                new ProcessBuilder("node", "--require", onLoopback.toString(), main.toString())
                        .directory(Objects.requireNonNull(main.getParent()).toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("kinesis.log").toFile());
        builder.environment().put("INITIALIZE_STREAMS", streams);
        builder.environment().put("KINESIS_MOCK_PLAIN_PORT", Integer.toString(port));
        builder.environment().put("KINESIS_MOCK_TLS_PORT", Integer.toString(freePort()));
        LocalKinesis kinesis = new LocalKinesis(builder.start(), port);
        kinesis.awaitStart(folder.resolve("kinesis.log"));
        return kinesis;
    }

    private void awaitStart(Path log) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!listens()) {
            if (System.nanoTime() > deadline || process.waitFor(100, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("it does not start: " + Files.readString(log));
            }
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
