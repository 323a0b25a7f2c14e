package io.cartlog.sink.warehouse;

import io.cartlog.schemas.value.Money;
import io.cartlog.sink.row.EventRow;
import io.cartlog.sink.row.Offsets;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What stands in the warehouse's tables, as one transaction sees it.
public final class Contents {
    private static final int ROWS_AT_A_TIME = 10_000;

    private final Connection connection;
    private final String selectEvents;

    Contents(Connection connection, String selectEvents) {
        this.connection = connection;
        this.selectEvents = selectEvents;
    }

    /// Order lines of a range of offsets.
    ///
    /// @param range offset divided by the range's length
    /// @param netAmount sum over all lines
    /// @param salesAmount sum over the sales with a positive quantity and price
    public record LineTotal(
            int partition, long range, long lines, BigDecimal netAmount, BigDecimal salesAmount) {}

    /// Hands every event to `taker`, in no order.
    ///
    /// @throws WarehouseException if the warehouse is away
    public void forEachEvent(Consumer<EventRow> taker) {
        try (PreparedStatement sql = connection.prepareStatement(selectEvents)) {
            sql.setFetchSize(ROWS_AT_A_TIME);
            try (ResultSet r = sql.executeQuery()) {
                while (r.next()) {
                    taker.accept(row(r));
                }
            }
        } catch (SQLException e) {
            throw new WarehouseException("the events cannot be read", e);
        }
    }

    /// Hands the totals of the order lines by partition and range of offsets to `taker`.
    ///
    /// @param to the first offsets that do not count any more
    /// @throws WarehouseException if the warehouse is away
    public void forEachLineTotal(long rangeLength, Offsets to, Consumer<LineTotal> taker) {
        String totals =
                """
                select kafka_partition, kafka_offset / %d as range_number, count(*), sum(amount),
                       coalesce(sum(case when kind = 'SALE' and quantity > 0 and unit_price > 0
                           then amount else 0 end), 0)
                from warehouse.order_lines
                where %s
                group by kafka_partition, kafka_offset / %d
                """
                        .formatted(rangeLength, below(to), rangeLength);
        try (Statement sql = connection.createStatement();
                ResultSet r = sql.executeQuery(totals)) {
            while (r.next()) {
                taker.accept(lineTotal(r));
            }
        } catch (SQLException e) {
            throw new WarehouseException("the order lines cannot be read", e);
        }
    }

    /// Files that wait to be repaired, in the order of the log.
    ///
    /// @throws WarehouseException if the warehouse is away
    public List<QuarantinedFile> quarantine() {
        try {
            return QuarantineTable.list(connection);
        } catch (SQLException e) {
            throw new WarehouseException("the quarantine cannot be read", e);
        }
    }

    /// Redshift has no arrays to join with.
    private static String below(Offsets to) {
        return to.next().entrySet().stream()
                .map(e ->
                        "kafka_partition = %d and kafka_offset < %d"
                                .formatted(e.getKey(), e.getValue()))
                .reduce((one, other) -> one + " or " + other)
                .orElse("1 = 0");
    }

    private static EventRow row(ResultSet r) throws SQLException {
        return new EventRow(
                r.getString(1),
                r.getString(2),
                r.getLong(3),
                r.getString(4),
                r.getString(5),
                instant(r, 6),
                instant(r, 7),
                r.getString(8),
                integer(r, 9),
                integer(r, 10),
                r.getString(11),
                r.getString(12),
                r.getString(13),
                integer(r, 14),
                money(r, 15),
                r.getString(16),
                r.getString(17),
                money(r, 18),
                lines(r.getString(19)),
                r.getInt(20),
                r.getLong(21));
    }

    private static LineTotal lineTotal(ResultSet r) throws SQLException {
        return new LineTotal(
                r.getInt(1), r.getLong(2), r.getLong(3), r.getBigDecimal(4), r.getBigDecimal(5));
    }

    private static Instant instant(ResultSet r, int column) throws SQLException {
        return r.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Integer integer(ResultSet r, int column) throws SQLException {
        int number = r.getInt(column);
        return r.wasNull() ? null : number;
    }

    private static @Nullable Money money(ResultSet r, int column) throws SQLException {
        BigDecimal decimal = r.getBigDecimal(column);
        return decimal == null ? null : new Money(decimal);
    }

    private static @Nullable List<EventRow.Line> lines(@Nullable String json) {
        return json == null ? null : LinesJson.parse(json);
    }
}
