package io.cartlog.sink.warehouse;

import java.sql.SQLException;
import java.util.Objects;

/// Classes of SQLSTATE that both databases use.
final class SqlStates {
    private SqlStates() {}

    /// A value that does not fit, or a row that breaks a rule.
    static boolean isOfTheData(SQLException trouble) {
        String state = of(trouble);
        return state.startsWith("22") || state.startsWith("23");
    }

    static boolean isConflict(SQLException trouble) {
        return of(trouble).startsWith("40");
    }

    /// Whether the database has not said no to what it was asked, but was not there to be asked:
    /// connection, resources, or an operator.
    static boolean isAway(SQLException trouble) {
        String state = of(trouble);
        return state.isEmpty()
                || state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57");
    }

    private static String of(SQLException trouble) {
        return Objects.requireNonNullElse(trouble.getSQLState(), "");
    }
}
