package io.cartlog.cli.warehouse;

/// Points at a place in a statement.
final class SqlPosition {
    private SqlPosition() {}

    /// The line with a mark below it.
    ///
    /// @param position of the character, 1 being the first
    static String shown(String sql, int position) {
        int at = Math.min(position - 1, sql.length());
        int start = sql.lastIndexOf('\n', at - 1) + 1;
        int end = sql.indexOf('\n', at);
        String line = sql.substring(start, end < 0 ? sql.length() : end);
        long number = sql.substring(0, start).lines().count() + 1;
        return "line %d, column %d (position %d):\n%s\n%s^"
                .formatted(number, at - start + 1, position, line, " ".repeat(at - start));
    }
}
