package io.cartlog.cli.cart;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import de.siegmar.fastcsv.reader.StringArrayHandler;

/// One line of the file after the header.
public sealed interface CartLine {
    /// A line that is an item.
    record Row(CartRow row) implements CartLine {}

    /// A line that is none, and why.
    record Broken(String reason) implements CartLine {}

    CsvReaderBuilder CSV = CsvReader.builder().allowUnclosedQuote(false).skipEmptyLines(false);

    static CartLine parse(CartColumns columns, String text) {
        try {
            return new Row(columns.row(fields(columns, text)));
        } catch (IllegalArgumentException e) {
            return new Broken(String.valueOf(e.getMessage()));
        }
    }

    private static String[] fields(CartColumns columns, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("the line is empty");
        }
        String[] fields;
        try {
            fields = CSV.ofSingleCsvRecord(StringArrayHandler.of(), text);
        } catch (CsvParseException e) {
            Throwable cause = e.getCause();
            throw new IllegalArgumentException(
                    "not CSV: " + (cause == null ? e : cause).getMessage(), e);
        }
        if (fields.length != columns.count()) {
            throw new IllegalArgumentException(
                    "%d columns instead of %d".formatted(fields.length, columns.count()));
        }
        return fields;
    }
}
