package io.cartlog.sink;

import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/// Rows of a warehouse that no lake was needed for, and what the views make of them. Asks in a
/// session far from UTC, which must make no difference.
final class MartRows implements AutoCloseable {
    private static final String EVENT =
            """
            insert into warehouse.events(
                event_id, account_id, version, command_id, event_type, occurred_at, recorded_at,
                sku, quantity, unit_price, category, order_id, kind, kafka_partition, kafka_offset)
            values (?, ?, ?, ?, ?, ?, now(), ?, ?, ?, ?, ?, ?, 0, ?)
            """;

    private static final String ORDER_LINE =
            """
            insert into warehouse.order_lines(
                order_id, line_no, account_id, sku, description, category, quantity, unit_price,
                amount, country, occurred_at, recorded_at, kind, event_id, version,
                kafka_partition, kafka_offset)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, now(), ?, ?, ?, 0, ?)
            """;

    private static final String CLICK =
            """
            insert into warehouse.clicks(
                click_id, account_id, session_id, action, occurred_at, recorded_at, sku, category,
                brand, unit_price, command_id, kafka_partition, kafka_offset)
            values (?, ?, ?, ?, ?, now(), ?, ?, ?, ?, ?, 0, ?)
            """;

    private final Connection connection;
    private long offset;

    private MartRows(Connection connection) {
        this.connection = connection;
    }

    /// An empty warehouse.
    static MartRows in(World world) throws SQLException {
        world.warehouse().prepare();
        Connection connection =
                DriverManager.getConnection(
                        world.jdbcUrl(world.databasePort()),
                        world.addresses.jdbcUser(),
                        world.addresses.jdbcPassword());
        try (Statement sql = connection.createStatement()) {
            sql.execute("set time zone 'Asia/Tokyo'");
        }
        return world.keep(new MartRows(connection));
    }

    /// What happened to one product of a cart, as the account's event of this version.
    MartRows event(String account, int version, String type, String at, String sku)
            throws SQLException {
        return event(account, version, type, at, sku, 1, "TV");
    }

    MartRows event(
            String account,
            int version,
            String type,
            String at,
            String sku,
            int quantity,
            @Nullable String category)
            throws SQLException {
        insert(
                EVENT,
                id(account, version),
                account,
                version,
                command(account, version),
                type,
                time(at),
                sku,
                quantity,
                new BigDecimal("10"),
                category,
                null,
                null,
                offset++);
        return this;
    }

    /// What happened to a cart as a whole.
    MartRows whole(String account, int version, String type, String at) throws SQLException {
        insert(
                EVENT,
                id(account, version),
                account,
                version,
                command(account, version),
                type,
                time(at),
                null,
                null,
                null,
                null,
                null,
                null,
                offset++);
        return this;
    }

    /// The cart of these products became an order.
    MartRows checkedOut(String account, int version, String at, String... skus)
            throws SQLException {
        String order = "O-" + account + version;
        whole(account, version, "CheckedOut", at);
        for (int i = 0; i < skus.length; i++) {
            line(order, i + 1, account, version, skus[i], 1, "10", at, "SALE", null, null);
        }
        return this;
    }

    /// A till's line of one product, as the account's event of this version.
    MartRows sold(String order, String account, int version, String at, String sku)
            throws SQLException {
        insert(
                EVENT,
                id(account, version),
                account,
                version,
                command(account, version),
                "PurchaseRecorded",
                time(at),
                sku,
                1,
                new BigDecimal("10"),
                "TV",
                order,
                "SALE",
                offset++);
        return line(order, version, account, version, sku, 1, "10", at, "SALE", null, null);
    }

    /// An order line without its event.
    MartRows line(String order, String account, String sku, int quantity, String price, String at)
            throws SQLException {
        return line(order, account, sku, quantity, price, at, kind(order, quantity), "Norway");
    }

    MartRows line(
            String order,
            String account,
            String sku,
            int quantity,
            String price,
            String at,
            String kind,
            @Nullable String country)
            throws SQLException {
        return line(
                order, 1, account, 1, sku, quantity, price, at, kind, country, "name of " + sku);
    }

    private MartRows line(
            String order,
            int lineNo,
            String account,
            int version,
            String sku,
            int quantity,
            String price,
            String at,
            String kind,
            @Nullable String country,
            @Nullable String description)
            throws SQLException {
        BigDecimal unitPrice = new BigDecimal(price);
        insert(
                ORDER_LINE,
                order,
                lineNo,
                account,
                sku,
                description,
                "TV",
                quantity,
                unitPrice,
                unitPrice.multiply(BigDecimal.valueOf(quantity)),
                country,
                time(at),
                kind,
                id(account, version),
                version,
                offset++);
        return this;
    }

    MartRows click(
            String account, String session, String action, String at, String sku, String brand)
            throws SQLException {
        return click(account, session, action, at, sku, brand, 0);
    }

    /// @param version of the event that the click led to; 0 for none
    MartRows click(
            String account,
            String session,
            String action,
            String at,
            String sku,
            String brand,
            int version)
            throws SQLException {
        insert(
                CLICK,
                "click-" + offset,
                account,
                session,
                action,
                time(at),
                sku,
                "TV",
                brand,
                new BigDecimal("10"),
                version == 0 ? null : command(account, version),
                offset++);
        return this;
    }

    private static String id(String account, int version) {
        return account + "-" + version;
    }

    private static String command(String account, int version) {
        return "key-" + account + "-" + version;
    }

    private static String kind(String order, int quantity) {
        if (order.startsWith("C")) {
            return "RETURN";
        }
        return quantity < 0 ? "ADJUSTMENT" : "SALE";
    }

    private static OffsetDateTime time(String at) {
        return Instant.parse(at).atOffset(ZoneOffset.UTC);
    }

    private void insert(String statement, @Nullable Object... values) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) {
                insert.setObject(i + 1, values[i]);
            }
            insert.executeUpdate();
        }
    }

    /// Rows of CSV into some columns of a table of the warehouse.
    long copy(String tableAndColumns, Reader csv) throws IOException, SQLException {
        return connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy warehouse." + tableAndColumns + " from stdin csv", csv);
    }

    void execute(String statement) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    /// Each row in a line: its values with a blank between, decimals without zeros at their end,
    /// `-` for null.
    List<String> of(String query) throws SQLException {
        try (Statement sql = connection.createStatement();
                ResultSet result = sql.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(row(result));
            }
            return rows;
        }
    }

    private static String row(ResultSet result) throws SQLException {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            values.add(text(result.getObject(i)));
        }
        return String.join(" ", values);
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "-";
            case BigDecimal number when number.signum() == 0 -> "0";
            case BigDecimal number -> number.stripTrailingZeros().toPlainString();
            case Object other -> other.toString();
        };
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
