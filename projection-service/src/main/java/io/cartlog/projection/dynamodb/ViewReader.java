package io.cartlog.projection.dynamodb;

import io.cartlog.projection.view.CapacityMeter;
import io.cartlog.projection.view.Head;
import io.cartlog.projection.view.Holding;
import io.cartlog.projection.view.ItemLine;
import io.cartlog.projection.view.Key;
import io.cartlog.projection.view.OrderItem;
import io.cartlog.projection.view.Period;
import io.cartlog.projection.view.Row;
import io.cartlog.projection.view.TableLayout;
import io.cartlog.projection.view.ViewItem;
import io.cartlog.projection.view.Views;
import io.cartlog.projection.view.ViewsUnavailableException;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ItemStatus;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.Sku;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/// Reads views: the table by key, the indexes newest first.
final class ViewReader implements Views {
    private final TableReads reads;
    private final String table;
    private final TableLayout layout;
    private final WrittenHeads written;

    /// @param written heads that this process has put into the table
    ViewReader(TableReads reads, String table, TableLayout layout, WrittenHeads written) {
        this.reads = reads;
        this.table = table;
        this.layout = layout;
        this.written = written;
    }

    @Override
    public @Nullable Head written(AccountId account) {
        return written.get(account);
    }

    @Override
    public Head head(AccountId account, CapacityMeter meter) {
        Head head = answered(() -> reads.head(account, meter));
        return head == null ? Head.none(account) : head;
    }

    @Override
    public Map<AccountId, Head> heads(Set<AccountId> accounts, CapacityMeter meter) {
        return answered(() -> reads.heads(accounts, meter));
    }

    @Override
    public Slice<ItemLine> newest(
            AccountId account,
            ItemStatus status,
            @Nullable String before,
            int limit,
            CapacityMeter meter) {
        String partition = TableLayout.statusPartition(account, status);
        return answered(() -> byStatus(partition, before, limit, meter))
                .map(row -> TableLayout.line(row, TableLayout.GSI1SK));
    }

    @Override
    public Slice<ViewItem> newestItems(
            AccountId account,
            ItemStatus status,
            @Nullable String before,
            int limit,
            CapacityMeter meter) {
        String partition = TableLayout.statusPartition(account, status);
        return answered(() -> whole(byStatus(partition, before, limit, meter), meter))
                .map(TableLayout::item);
    }

    @Override
    public Slice<OrderItem> orders(
            AccountId account, @Nullable String before, int limit, CapacityMeter meter) {
        String partition = TableLayout.ordersPartition(account);
        return answered(() -> whole(byStatus(partition, before, limit, meter), meter))
                .map(TableLayout::order);
    }

    /// The table's rows of an index's entries, without those that are gone meanwhile.
    private Slice<Row> whole(Slice<Row> entries, CapacityMeter meter) {
        List<Key> keys = entries.items().stream().map(Row::key).toList();
        Map<Key, Row> rows = reads.byKey(keys, meter);
        return new Slice<>(
                keys.stream().map(rows::get).filter(Objects::nonNull).toList(), entries.next());
    }

    @Override
    public List<ViewItem> all(AccountId account, ItemStatus status, CapacityMeter meter) {
        return lines(account, Key.linePrefix(account, status), meter);
    }

    @Override
    public List<ViewItem> orderLines(AccountId account, OrderId order, CapacityMeter meter) {
        return lines(account, Key.orderPrefix(account, order), meter);
    }

    private List<ViewItem> lines(AccountId account, String skPrefix, CapacityMeter meter) {
        QueryRequest query = reads.partition(account.value(), skPrefix).build();
        return answered(() -> reads.all(query, meter)).stream().map(TableLayout::item).toList();
    }

    @Override
    public List<AccountId> buyers(OrderId order, CapacityMeter meter) {
        QueryRequest query =
                QueryRequest.builder()
                        .tableName(table)
                        .consistentRead(true)
                        .keyConditionExpression("PK = :pk")
                        .expressionAttributeValues(
                                Map.of(":pk", AttributeValue.fromS(Key.orderPartition(order))))
                        .projectionExpression("PK, SK")
                        .build();
        return answered(() -> reads.all(query, meter)).stream()
                .map(row -> new AccountId(row.key().sk()))
                .toList();
    }

    @Override
    public Slice<Holding> holdings(
            Sku sku,
            ItemStatus status,
            Period period,
            @Nullable String before,
            int limit,
            CapacityMeter meter) {
        Order order = Order.of(period, before);
        List<Row> found = new ArrayList<>();
        for (int shard = 0; shard < layout.productShards(); shard++) {
            String partition = TableLayout.productPartition(sku, status, shard);
            found.addAll(
                    answered(() -> newest(TableLayout.GSI2, partition, order, limit + 1, meter)));
        }
        found.sort(Comparator.comparing((Row row) -> row.text(TableLayout.GSI2SK)).reversed());
        return slice(found, limit, TableLayout.GSI2SK).map(TableLayout::holding);
    }

    private Slice<Row> byStatus(
            String partition, @Nullable String before, int limit, CapacityMeter meter) {
        return slice(
                newest(TableLayout.GSI1, partition, Order.of(Period.ALL, before), limit + 1, meter),
                limit,
                TableLayout.GSI1SK);
    }

    /// A part of the order in which an index has its entries, whose text begins with the time.
    ///
    /// @param from the least text; the empty one is less than all
    /// @param before greater than all texts of the part
    private record Order(String from, String before) {
        private static final String LEAST = " ";
        private static final String GREATEST = "~";

        static Order of(Period period, @Nullable String before) {
            Instant from = period.from();
            Instant to = period.to();
            String end = to == null ? GREATEST : TableLayout.moment(to);
            return new Order(
                    from == null ? LEAST : TableLayout.moment(from),
                    before == null || before.compareTo(end) > 0 ? end : before);
        }

        boolean isEmpty() {
            return from.compareTo(before) >= 0;
        }
    }

    /// `BETWEEN` takes both its ends, and there is no other condition with two. An entry that is
    /// the end itself was on the page before.
    private List<Row> newest(
            String index, String partition, Order order, int limit, CapacityMeter meter) {
        if (order.isEmpty()) {
            return List.of();
        }
        QueryRequest query =
                QueryRequest.builder()
                        .tableName(table)
                        .indexName(index)
                        .scanIndexForward(false)
                        .keyConditionExpression(
                                index + "PK = :pk AND " + index + "SK BETWEEN :from AND :before")
                        .expressionAttributeValues(
                                Map.of(
                                        ":pk", AttributeValue.fromS(partition),
                                        ":from", AttributeValue.fromS(order.from),
                                        ":before", AttributeValue.fromS(order.before)))
                        .build();
        return reads.first(limit + 1, query, meter).stream()
                .filter(row -> !row.text(index + "SK").equals(order.before))
                .limit(limit)
                .toList();
    }

    private static Slice<Row> slice(List<Row> found, int limit, String order) {
        if (found.size() <= limit) {
            return new Slice<>(found, null);
        }
        return new Slice<>(found.subList(0, limit), found.get(limit - 1).text(order));
    }

    private static <T extends @Nullable Object> T answered(Supplier<T> question) {
        try {
            return question.get();
        } catch (SdkException e) {
            throw new ViewsUnavailableException("DynamoDB does not answer", e);
        }
    }
}
