package io.cartlog.schemas.avro;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/// Every schema that was ever written to a topic, by its id in the wire format. The files under
/// `released/` are never changed; a new version gets a new file and a new line here.
public final class ReleasedSchemas {
    public static final int EVENT_V1 = 1;
    public static final int COMMAND_V1 = 2;
    public static final int REPLY_V1 = 3;
    public static final int CLICK_V1 = 4;

    private static final Map<Integer, String> FILES =
            Map.of(
                    EVENT_V1, "cart-event.v1.avsc",
                    COMMAND_V1, "cart-command.v1.avsc",
                    REPLY_V1, "cart-reply.v1.avsc",
                    CLICK_V1, "shop-click.v1.avsc");
    private static final Map<Integer, Schema> SCHEMAS = read();

    private ReleasedSchemas() {}

    /// The schema with this id, or null if none was released under it.
    static @Nullable Schema byId(int id) {
        return SCHEMAS.get(id);
    }

    /// The text of every released schema of a message, oldest first.
    ///
    /// @param message `cart-event`, `cart-command`, `cart-reply` or `shop-click`
    public static List<Schema> of(String message) {
        return FILES.entrySet().stream()
                .filter(e -> e.getValue().startsWith(message + ".v"))
                .sorted(Map.Entry.comparingByKey())
                .map(e -> SCHEMAS.get(e.getKey()))
                .toList();
    }

    private static Map<Integer, Schema> read() {
        Map<Integer, Schema> schemas = new TreeMap<>();
        FILES.forEach((id, file) -> schemas.put(id, parse(file)));
        return schemas;
    }

    private static Schema parse(String file) {
        try (InputStream in = ReleasedSchemas.class.getResourceAsStream("released/" + file)) {
            if (in == null) {
                throw new IllegalStateException("released/" + file + " is not on the class path");
            }
            return new Schema.Parser().parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
