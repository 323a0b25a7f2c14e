package io.cartlog.cli.openapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/// A request, whatever it is worth: nothing here makes it better than it is.
///
/// @param target path and query as they go over the wire
/// @param headers in their order, without those that [#bytes] adds
/// @param body each character is a byte; none if it is empty
/// @param whole false if less comes than was announced
public record Call(String method, String target, List<Header> headers, String body, boolean whole) {
    public record Header(String name, String value) {}

    public Call {
        headers = List.copyOf(headers);
    }

    public static Call of(String method, String target) {
        return new Call(method, target, List.of(), "", true);
    }

    public Call withMethod(String other) {
        return new Call(other, target, headers, body, whole);
    }

    public Call withTarget(String other) {
        return new Call(method, other, headers, body, whole);
    }

    public Call withQuery(String more) {
        return withTarget(target + (target.indexOf('?') < 0 ? "?" : "&") + more);
    }

    /// One more, whether there is one of this name or not.
    public Call plus(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Call(method, target, more, body, whole);
    }

    public Call without(String name) {
        List<Header> fewer = new ArrayList<>(headers);
        fewer.removeIf(header -> header.name().equalsIgnoreCase(name));
        return new Call(method, target, fewer, body, whole);
    }

    public Call with(String name, String value) {
        return without(name).plus(name, value);
    }

    public Call withBody(String other) {
        return withBytes(new String(other.getBytes(UTF_8), ISO_8859_1));
    }

    /// @param other each character is a byte
    public Call withBytes(String other) {
        return new Call(method, target, headers, other, whole);
    }

    /// Announces a byte more than will come.
    public Call cut() {
        return new Call(method, target, headers, body, false);
    }

    /// As it goes over the wire. Characters of headers are bytes.
    byte[] bytes(String host) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        if (!has("Host")) {
            line(head, "Host", host);
        }
        headers.forEach(header -> line(head, header.name(), header.value()));
        if ((!body.isEmpty() || !whole) && !has("Content-Length") && !has("Transfer-Encoding")) {
            line(head, "Content-Length", Integer.toString(body.length() + (whole ? 0 : 1)));
        }
        return head.append("\r\n").append(body).toString().getBytes(ISO_8859_1);
    }

    private boolean has(String name) {
        return headers.stream().anyMatch(header -> header.name().equalsIgnoreCase(name));
    }

    private static void line(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }

    /// Without the token.
    @Override
    public String toString() {
        String text =
                without("Authorization").headers().stream()
                        .map(header -> header.name() + ": " + header.value())
                        .toList()
                        .toString();
        return "%s %s %s %s"
                .formatted(method, target, text, body.substring(0, Math.min(300, body.length())));
    }
}
