package io.cartlog.schemas.topic;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Why a record could not be read, and where it stands. Key and value go to [Topics#DEAD_LETTERS]
/// unchanged, this goes into the headers.
///
/// @param reader the service that could not read it
public record DeadLetter(String topic, int partition, long offset, String reader, String error) {

    private static final String TOPIC = "dead-letter-topic";
    private static final String PARTITION = "dead-letter-partition";
    private static final String OFFSET = "dead-letter-offset";
    private static final String READER = "dead-letter-reader";
    private static final String ERROR = "dead-letter-error";

    /// From the headers of a record.
    ///
    /// @param header the value of a header; null if there is none of this name
    /// @throws IllegalArgumentException if one is missing or is no number where it has to be
    public static DeadLetter of(Function<String, byte @Nullable []> header) {
        return new DeadLetter(
                text(header, TOPIC),
                Integer.parseInt(text(header, PARTITION)),
                Long.parseLong(text(header, OFFSET)),
                text(header, READER),
                text(header, ERROR));
    }

    /// Headers in UTF-8 text: `dead-letter-topic`, `-partition`, `-offset`, `-reader`, `-error`.
    public Map<String, byte[]> headers() {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        headers.put(TOPIC, utf8(topic));
        headers.put(PARTITION, utf8(Integer.toString(partition)));
        headers.put(OFFSET, utf8(Long.toString(offset)));
        headers.put(READER, utf8(reader));
        headers.put(ERROR, utf8(error));
        return headers;
    }

    private static String text(Function<String, byte @Nullable []> header, String name) {
        byte[] value = header.apply(name);
        if (value == null) {
            throw new IllegalArgumentException("a dead letter has no " + name);
        }
        return new String(value, StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
