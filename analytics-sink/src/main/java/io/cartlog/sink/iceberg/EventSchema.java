package io.cartlog.sink.iceberg;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;

import io.cartlog.schemas.value.Money;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;

/// The table `cart.events`: the columns of [io.cartlog.sink.row.EventRow] in the same order. Field
/// ids are for ever, and numbered as Iceberg numbers a new table: columns first, then what is in
/// them.
final class EventSchema {
    static final TableIdentifier TABLE = TableIdentifier.of("cart", "events");

    private static final Types.DecimalType MONEY =
            Types.DecimalType.of(Money.PRECISION, Money.SCALE);

    private static final Types.StructType LINE =
            Types.StructType.of(
                    required(23, "line_no", Types.IntegerType.get()),
                    required(24, "occurrence", Types.IntegerType.get()),
                    required(25, "sku", Types.StringType.get()),
                    optional(26, "category", Types.StringType.get()),
                    required(27, "quantity", Types.IntegerType.get()),
                    required(28, "unit_price", MONEY));

    static final Schema SCHEMA =
            new Schema(
                    required(1, "event_id", Types.StringType.get(), "Unique."),
                    required(2, "account_id", Types.StringType.get(), "Guests: guest-ORDER."),
                    required(3, "version", Types.LongType.get(), "1, 2, 3 ... per account."),
                    required(4, "command_id", Types.StringType.get(), "The idempotency key."),
                    required(5, "event_type", Types.StringType.get(), "ItemAdded ..."),
                    required(6, "occurred_at", Types.TimestampType.withZone(), "Business time."),
                    required(7, "recorded_at", Types.TimestampType.withZone(), "Log time."),
                    optional(8, "order_id", Types.StringType.get()),
                    optional(9, "line_no", Types.IntegerType.get(), "1, 2, 3 ... of the order."),
                    optional(10, "occurrence", Types.IntegerType.get(), "Of the SKU in the order."),
                    optional(11, "sku", Types.StringType.get()),
                    optional(12, "description", Types.StringType.get()),
                    optional(13, "category", Types.StringType.get()),
                    optional(14, "quantity", Types.IntegerType.get(), "Negative: came back."),
                    optional(15, "unit_price", MONEY),
                    optional(16, "kind", Types.StringType.get(), "SALE, RETURN, ADJUSTMENT."),
                    optional(17, "country", Types.StringType.get()),
                    optional(18, "amount", MONEY, "Net amount of the event's order lines."),
                    optional(19, "lines", Types.ListType.ofRequired(22, LINE), "Of a CheckedOut."),
                    required(20, "kafka_partition", Types.IntegerType.get()),
                    required(21, "kafka_offset", Types.LongType.get()));

    /// By the hour, and so by the day: whoever asks for a day of log time reads the files of its
    /// hours only.
    static final PartitionSpec BY_HOUR =
            PartitionSpec.builderFor(SCHEMA).hour("recorded_at").build();

    /// Metadata files are kept for 20 commits, so that a table committed to every ten seconds does
    /// not leave thousands of them.
    static final Map<String, String> PROPERTIES =
            Map.of(
                    TableProperties.FORMAT_VERSION, "2",
                    TableProperties.PARQUET_COMPRESSION, "zstd",
                    TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true",
                    TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, "20");

    private EventSchema() {}
}
