package io.cartlog.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Columns that line up: numbers to the right, everything else to the left.
public final class TextTable {
    private static final String GAP = "  ";
    private static final Pattern NUMBER_OR_NOTHING = Pattern.compile("([-+]?[\\d.,]+)?");
    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> header;

    public TextTable(String... header) {
        this(Arrays.asList(header));
    }

    public TextTable(List<String> header) {
        this.header = List.copyOf(header);
    }

    /// @param cells as many as the header has; anything that is no text is shown as [#shown]
    public TextTable row(Object... cells) {
        return row(Arrays.stream(cells).map(TextTable::shown).toList());
    }

    public TextTable row(List<String> cells) {
        if (cells.size() != header.size()) {
            throw new IllegalArgumentException(
                    cells.size() + " cells for " + header.size() + " columns");
        }
        rows.add(List.copyOf(cells));
        return this;
    }

    /// Whole numbers with thousands parted by commas; everything else as it prints itself.
    public static String shown(Object cell) {
        return switch (cell) {
            case Long number -> "%,d".formatted(number);
            case Integer number -> "%,d".formatted(number);
            case Object other -> other.toString();
        };
    }

    @Override
    public String toString() {
        int[] widths = IntStream.range(0, header.size()).map(this::width).toArray();
        boolean[] right = new boolean[widths.length];
        for (int i = 0; i < right.length; i++) {
            right[i] = isNumeric(i);
        }
        List<String> rule = Arrays.stream(widths).mapToObj("-"::repeat).toList();
        List<String> lines = new ArrayList<>();
        lines.add(line(header, widths, right));
        lines.add(line(rule, widths, right));
        rows.forEach(row -> lines.add(line(row, widths, right)));
        return String.join("\n", lines);
    }

    private int width(int column) {
        int widest = header.get(column).length();
        for (List<String> row : rows) {
            widest = Math.max(widest, row.get(column).length());
        }
        return widest;
    }

    private boolean isNumeric(int column) {
        return rows.stream().allMatch(row -> NUMBER_OR_NOTHING.matcher(row.get(column)).matches());
    }

    private static String line(List<String> cells, int[] widths, boolean[] right) {
        return IntStream.range(0, widths.length)
                .mapToObj(i -> padded(cells.get(i), widths[i], right[i]))
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }

    private static String padded(String cell, int width, boolean right) {
        String blanks = " ".repeat(width - cell.length());
        return right ? blanks + cell : cell + blanks;
    }
}
