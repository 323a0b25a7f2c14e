package io.cartlog.cli.retail;

import io.cartlog.schemas.value.CommandId;
import java.util.List;

/// Names each row of a file so that loading the file, or any part of it, again adds nothing, while
/// identical rows of one file are all kept: a digest of the eight columns, and which of the rows
/// that look like this it is.
public final class RowKeys {
    /// Twice as many as the original file has.
    private static final int INVOICES = 50_000;

    /// What is longer is no invoice's number, and kept as a digest.
    private static final int LONGEST_NAME = 64;

    private final Occurrences seen = new Occurrences(INVOICES);

    /// The key of the file's next row: `retail-`, 32 hex digits, `-`, 1 or 2 or 3 ...
    public CommandId next(RetailRow row) {
        Digest128 digest = Digest128.of(identity(row));
        return new CommandId(
                "retail-%s-%d".formatted(digest.hex(), seen.next(invoice(row), digest)));
    }

    private static String invoice(RetailRow row) {
        String invoice = row.invoiceNo();
        return invoice.length() <= LONGEST_NAME ? invoice : Digest128.of(List.of(invoice)).hex();
    }

    /// How many rows so far were the second or later of their kind.
    public long repeats() {
        return seen.repeats();
    }

    /// What it remembers of the rows so far.
    public Occurrences memory() {
        return seen;
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
