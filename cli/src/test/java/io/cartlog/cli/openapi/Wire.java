package io.cartlog.cli.openapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// One connection, which sends what no HTTP client would.
public final class Wire implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 30_000;

    private final Socket socket = new Socket();
    private final InputStream in;
    private final String host;

    public Wire(InetSocketAddress address) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(address, TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        host = address.getHostString() + ":" + address.getPort();
    }

    /// @param headers names in lower case
    /// @param body without an end for streams: then only its first lines, to the first blank one
    ///   after data
    public record Answer(int status, Map<String, String> headers, String body) {
        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }

        /// Nothing more comes on this connection.
        public boolean isLast() {
            return header("Connection").equals("close")
                    || header("Content-Type").startsWith("text/event-stream");
        }
    }

    public Answer send(Call call) throws IOException {
        socket.getOutputStream().write(call.bytes(host));
        if (!call.whole()) {
            socket.shutdownOutput();
        }
        return answer(call.method().equals("HEAD"));
    }

    private Answer answer(boolean withoutBody) throws IOException {
        int status = Integer.parseInt(line().substring(9, 12));
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Answer(status, headers, withoutBody ? "" : new String(body(headers), UTF_8));
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        boolean endless = headers.getOrDefault("content-type", "").startsWith("text/event-stream");
        if ("chunked".equals(headers.get("transfer-encoding"))) {
            return chunks(endless);
        }
        String length = headers.get("content-length");
        if (length == null && "close".equals(headers.get("connection"))) {
            return in.readAllBytes();
        }
        return length == null ? new byte[0] : in.readNBytes(Integer.parseInt(length));
    }

    private byte[] chunks(boolean endless) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int size;
        do {
            size = Integer.parseInt(line(), 16);
            body.write(in.readNBytes(size));
            line();
        } while (size > 0 && !(endless && body.toString(UTF_8).contains("data:")));
        return body.toByteArray();
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(64);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the service has closed the connection");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
