package io.cartlog.schemas.topic;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Why a record could not be read, and where it stands. Key and value go to [Topics#DEAD_LETTERS]
/// unchanged, this goes into the headers.
///
/// @param reader the service that could not read it
public record DeadLetter(String topic, int partition, long offset, String reader, String error) {

    /// Headers in UTF-8 text: `dead-letter-topic`, `-partition`, `-offset`, `-reader`, `-error`.
    public Map<String, byte[]> headers() {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        headers.put("dead-letter-topic", utf8(topic));
        headers.put("dead-letter-partition", utf8(Integer.toString(partition)));
        headers.put("dead-letter-offset", utf8(Long.toString(offset)));
        headers.put("dead-letter-reader", utf8(reader));
        headers.put("dead-letter-error", utf8(error));
        return headers;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
