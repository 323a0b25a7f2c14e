package io.cartlog.sink;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Lets the driver of Amazon Redshift talk to a PostgreSQL: refuses what the driver asks at first
/// and PostgreSQL does not know, and translates statements on their way. Remembers them as the
/// driver sent them.
final class RedshiftProxy implements AutoCloseable {
    private static final int PROTOCOL_3 = 196_608;
    private static final int SSL_REQUEST = 80_877_103;
    private static final int GSS_REQUEST = 80_877_104;
    private static final int CANCEL_REQUEST = 80_877_102;
    private static final Set<String> KNOWN_PARAMETERS = Set.of("user", "database");

    private final ServerSocket listener;
    private final int databasePort;
    private final String password;
    private final UnaryOperator<String> translation;
    private final List<String> statements = new ArrayList<>();

    /// @param password of whoever signs on
    /// @param translation from Redshift's SQL to PostgreSQL's
    RedshiftProxy(int databasePort, String password, UnaryOperator<String> translation) {
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.databasePort = databasePort;
        this.password = password;
        this.translation = translation;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /// What the driver sent since the last call.
    List<String> statements() {
        synchronized (statements) {
            List<String> sent = List.copyOf(statements);
            statements.clear();
            return sent;
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket driver = listener.accept();
                Thread.ofVirtual().start(() -> serve(driver));
            } catch (IOException _) {
                // Closed: that is how it ends.
                return;
            }
        }
    }

    private void serve(Socket driver) {
        try (driver;
                Socket database = new Socket(InetAddress.getLoopbackAddress(), databasePort)) {
            driver.setTcpNoDelay(true);
            database.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(driver.getInputStream());
            DataOutputStream out = new DataOutputStream(database.getOutputStream());
            begin(in, out, driver.getOutputStream());
            new ScramLogin(new DataInputStream(database.getInputStream()), out, password).run();
            Thread back = Thread.ofVirtual().start(() -> copy(database, driver));
            forward(in, out);
            database.shutdownOutput();
            back.join();
        } catch (IOException _) {
            // One of the two has gone, and so goes the other.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static void copy(Socket database, Socket driver) {
        try {
            InputStream answers = database.getInputStream();
            answers.transferTo(driver.getOutputStream());
        } catch (IOException _) {
            // As above.
        }
    }

    /// The first message has no type, and may come after requests for encryption.
    private static void begin(DataInputStream in, DataOutputStream out, OutputStream answer)
            throws IOException {
        while (true) {
            int length = in.readInt();
            int code = in.readInt();
            byte[] body = in.readNBytes(length - 8);
            if (code == SSL_REQUEST || code == GSS_REQUEST) {
                answer.write('N');
            } else if (code == CANCEL_REQUEST) {
                throw new IOException("no statement is ever cancelled here");
            } else {
                byte[] parameters = parameters(body);
                out.writeInt(parameters.length + 8);
                out.writeInt(PROTOCOL_3);
                out.write(parameters);
                out.flush();
                return;
            }
        }
    }

    private static byte[] parameters(byte[] body) {
        String[] words = new String(body, StandardCharsets.UTF_8).split("\0", -1);
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        for (int i = 0; i + 1 < words.length && !words[i].isEmpty(); i += 2) {
            if (KNOWN_PARAMETERS.contains(words[i])) {
                kept.writeBytes(zeroTerminated(words[i]));
                kept.writeBytes(zeroTerminated(words[i + 1]));
            }
        }
        kept.writeBytes(zeroTerminated("client_encoding"));
        kept.writeBytes(zeroTerminated("UTF8"));
        kept.writeBytes(zeroTerminated("TimeZone"));
        kept.writeBytes(zeroTerminated("UTC"));
        kept.write(0);
        return kept.toByteArray();
    }

    private void forward(DataInputStream in, DataOutputStream out) throws IOException {
        int type = in.read();
        while (type >= 0) {
            byte[] body = in.readNBytes(in.readInt() - 4);
            byte[] sent =
                    switch (type) {
                        case 'Q' -> translated(body, 0);
                        case 'P' -> translated(body, afterText(body, 0));
                        default -> body;
                    };
            out.writeByte(type);
            out.writeInt(sent.length + 4);
            out.write(sent);
            out.flush();
            type = in.read();
        }
    }

    private byte[] translated(byte[] body, int start) {
        int end = afterText(body, start);
        String statement = new String(body, start, end - 1 - start, StandardCharsets.UTF_8);
        synchronized (statements) {
            statements.add(statement);
        }
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write(body, 0, start);
        message.writeBytes(zeroTerminated(translation.apply(statement)));
        message.write(body, end, body.length - end);
        return message.toByteArray();
    }

    private static int afterText(byte[] body, int start) {
        int end = start;
        while (body[end] != 0) {
            end++;
        }
        return end + 1;
    }

    private static byte[] zeroTerminated(String text) {
        return (text + "\0").getBytes(StandardCharsets.UTF_8);
    }
}
