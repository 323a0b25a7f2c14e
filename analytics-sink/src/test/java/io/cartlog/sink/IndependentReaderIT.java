package io.cartlog.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.schemas.event.CartEvent;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.sink.iceberg.Lake;
import io.cartlog.sink.iceberg.LakeColumns;
import io.cartlog.sink.iceberg.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.iceberg.types.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// DuckDB, which nobody here wrote, reads the files that the table's metadata lists, and finds what
/// the warehouse has.
@ExtendWith(Stack.class)
class IndependentReaderIT {
    /// The same words for both: counts, sums, bounds, and a sum over what each row says of itself.
    private static final String FACTS =
            """
            select concat_ws(' ', count(*), count(distinct event_id),
                count(distinct cast(kafka_partition as bigint) * 1000000000 + kafka_offset),
                sum(kafka_offset), sum(version), count(order_id), sum(quantity),
                cast(sum(amount) as decimal(38, 4)),
                cast(sum(unit_price * quantity) as decimal(38, 4)),
                sum(length(account_id) + length(sku) + coalesce(length(category), 0)),
                sum(cast(round(extract(epoch from occurred_at) * 1000) as bigint)),
                sum(cast(round(extract(epoch from recorded_at) * 1000) as bigint)))
            from %s
            """;

    @TempDir private Path folder;

    // D, show 6; S3-10, S3-14
    @Test
    void another_reader_finds_the_same_rows_and_sums(World world) throws Exception {
        world.log.write(shopping(world.account()));
        Lake lake = world.lake();
        world.flushAndLoad(lake);
        List<Path> files = download(world, lake.events().files());

        String lakeSays = duckDb(FACTS.formatted(readParquet(files)));

        assertThat(lakeSays).isEqualTo(world.sql(FACTS.formatted("warehouse.events")).getFirst());
        assertThat(lakeSays).startsWith(world.eventIds().size() + " ");
        assertThat(
                        duckDb(
                                """
                                select count(*) || ' ' || sum(line.quantity) || ' '
                                    || sum(line.unit_price * line.quantity)
                                from (select unnest(lines) as line from %s)
                                """
                                        .formatted(readParquet(files))))
                .isEqualTo(
                        world.sql(
                                        """
                                        select count(*) || ' ' || sum(quantity) || ' '
                                            || sum(unit_price * quantity)
                                        from warehouse.order_lines l
                                        where exists (select 1 from warehouse.events e
                                            where e.event_id = l.event_id and e.lines is not null)
                                        """)
                                .getFirst());
    }

    @Test
    void after_a_compaction_it_finds_the_same(World world) throws Exception {
        Lake lake = world.lake();
        AnalyticsSink sink = world.sink(lake);
        List<RecordedEvent> events = shopping(world.account());
        world.log.write(events.subList(0, 8));
        world.flush(sink);
        world.log.write(events.subList(8, events.size()));
        world.flush(sink);
        List<StoredFile> small = lake.events().files();
        String before = duckDb(FACTS.formatted(readParquet(download(world, small))));
        lake.upkeep().compact(32 << 20);
        List<StoredFile> large = lake.events().files();
        assertThat(large).hasSizeLessThan(small.size());
        assertThat(duckDb(FACTS.formatted(readParquet(download(world, large))))).isEqualTo(before);
    }

    // D: what the contract says of the lake is what lies in its files
    @Test
    void a_file_has_the_columns_of_the_contract(World world) throws Exception {
        world.log.write(shopping(world.account()));
        Lake lake = world.lake();
        world.flush(world.sink(lake));

        String columns =
                duckDb(
                        """
                        select string_agg(column_name || ' ' || column_type, ', ')
                        from (describe select * from %s)
                        """
                                .formatted(readParquet(download(world, lake.events().files()))));

        assertThat(columns)
                .isEqualTo(
                        LakeColumns.all().stream()
                                .map(it -> it.name() + " " + inDuckDb(it.type()))
                                .collect(Collectors.joining(", ")));
    }

    private static String inDuckDb(Type type) {
        return switch (type.typeId()) {
            case STRING -> "VARCHAR";
            case INTEGER -> "INTEGER";
            case LONG -> "BIGINT";
            case TIMESTAMP -> "TIMESTAMP WITH TIME ZONE";
            case DECIMAL -> type.toString().replace("decimal", "DECIMAL").replace(" ", "");
            case LIST -> inDuckDb(type.asListType().elementType()) + "[]";
            case STRUCT ->
                    type.asStructType().fields().stream()
                            .map(it -> it.name() + " " + inDuckDb(it.type()))
                            .collect(Collectors.joining(", ", "STRUCT(", ")"));
            default -> throw new AssertionError("not in a lake yet: " + type);
        };
    }

    private List<Path> download(World world, List<StoredFile> files) throws IOException {
        List<Path> copies = new ArrayList<>();
        for (StoredFile file : files) {
            Path copy = folder.resolve(Path.of(file.location()).getFileName().toString());
            Files.write(copy, ObjectStore.read(world, file.location()));
            copies.add(copy);
        }
        assertThat(copies).isNotEmpty();
        return copies;
    }

    private static String readParquet(List<Path> files) {
        return files.stream()
                .map(f -> "'" + f + "'")
                .collect(Collectors.joining(", ", "read_parquet([", "])"));
    }

    private static String duckDb(String query) throws SQLException {
        try (Connection c = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = c.createStatement();
                ResultSet r = sql.executeQuery(query)) {
            r.next();
            return r.getString(1);
        }
    }

    private static List<RecordedEvent> shopping(String account) {
        List<CartEvent> events =
                Stream.concat(
                                SampleEvents.everyKind(),
                                Stream.of(
                                        SampleEvents.checkedOut("O-" + account, "0.0001", "12"),
                                        SampleEvents.sold("C" + account, 1, -3, "11062.06")))
                        .toList();
        return IntStream.range(0, events.size())
                .mapToObj(i -> SampleEvents.recorded(account, i + 1, events.get(i)))
                .toList();
    }
}
