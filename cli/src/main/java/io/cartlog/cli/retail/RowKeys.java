package io.cartlog.cli.retail;

import io.cartlog.schemas.value.CommandId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Names each row of a file so that loading the file, or any part of it, again adds nothing, while
/// identical rows of one file are all kept: a digest of the eight columns, and which of the rows
/// that look like this it is.
public final class RowKeys {
    private final Map<Digest128, Integer> seen = new HashMap<>();
    private long repeats;

    /// The key of the file's next row: `retail-`, 32 hex digits, `-`, 1 or 2 or 3 ...
    public CommandId next(RetailRow row) {
        Digest128 digest = Digest128.of(identity(row));
        int occurrence = seen.merge(digest, 1, Integer::sum);
        if (occurrence > 1) {
            repeats++;
        }
        return new CommandId("retail-%s-%d".formatted(digest.hex(), occurrence));
    }

    /// How many rows so far were the second or later of their kind.
    public long repeats() {
        return repeats;
    }

    /// `17850.0` and `17850` are the same customer, so they make the same row.
    private static List<String> identity(RetailRow row) {
        return List.of(
                row.invoiceNo(),
                row.stockCode(),
                row.description(),
                row.quantity(),
                row.invoiceDate(),
                row.unitPrice(),
                row.isGuest() ? "" : row.account(),
                row.country());
    }
}
