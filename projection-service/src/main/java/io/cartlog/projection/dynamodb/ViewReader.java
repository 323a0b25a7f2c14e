package io.cartlog.projection.dynamodb;

import io.cartlog.projection.view.CapacityMeter;
import io.cartlog.projection.view.Head;
import io.cartlog.projection.view.Holding;
import io.cartlog.projection.view.ItemLine;
import io.cartlog.projection.view.Key;
import io.cartlog.projection.view.OrderItem;
import io.cartlog.projection.view.Row;
import io.cartlog.projection.view.TableLayout;
import io.cartlog.projection.view.ViewItem;
import io.cartlog.projection.view.Views;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ItemStatus;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.Sku;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/// Reads views: the table by key, the indexes newest first.
final class ViewReader implements Views {
    private final TableReads reads;
    private final String table;
    private final TableLayout layout;

    ViewReader(TableReads reads, String table, TableLayout layout) {
        this.reads = reads;
        this.table = table;
        this.layout = layout;
    }

    @Override
    public Head head(AccountId account, CapacityMeter meter) {
        return heads(Set.of(account), meter).getOrDefault(account, Head.none(account));
    }

    @Override
    public Map<AccountId, Head> heads(Set<AccountId> accounts, CapacityMeter meter) {
        return reads.heads(accounts, meter);
    }

    @Override
    public Slice<ItemLine> newest(
            AccountId account,
            ItemStatus status,
            @Nullable String before,
            int limit,
            CapacityMeter meter) {
        String partition = TableLayout.statusPartition(account, status);
        return slice(
                byStatus(partition, before, limit, meter),
                limit,
                row -> TableLayout.line(row, TableLayout.GSI1SK));
    }

    @Override
    public Slice<ViewItem> newestItems(
            AccountId account,
            ItemStatus status,
            @Nullable String before,
            int limit,
            CapacityMeter meter) {
        String partition = TableLayout.statusPartition(account, status);
        Slice<Row> found = slice(byStatus(partition, before, limit, meter), limit, row -> row);
        return new Slice<>(
                whole(found.items(), meter).map(TableLayout::item).toList(), found.more());
    }

    @Override
    public Slice<OrderItem> orders(
            AccountId account, @Nullable String before, int limit, CapacityMeter meter) {
        String partition = TableLayout.ordersPartition(account);
        Slice<Row> found = slice(byStatus(partition, before, limit, meter), limit, row -> row);
        return new Slice<>(
                whole(found.items(), meter).map(TableLayout::order).toList(), found.more());
    }

    /// The table's rows of an index's entries, without those that are gone meanwhile.
    private java.util.stream.Stream<Row> whole(List<Row> entries, CapacityMeter meter) {
        Map<Key, Row> rows = reads.byKey(entries.stream().map(Row::key).toList(), meter);
        return entries.stream().map(e -> rows.get(e.key())).filter(Objects::nonNull);
    }

    @Override
    public List<ViewItem> cart(AccountId account, CapacityMeter meter) {
        return lines(account, Key.linePrefix(account, ItemStatus.ACTIVE), meter);
    }

    @Override
    public List<ViewItem> orderLines(AccountId account, OrderId order, CapacityMeter meter) {
        return lines(account, Key.orderPrefix(account, order), meter);
    }

    private List<ViewItem> lines(AccountId account, String skPrefix, CapacityMeter meter) {
        return reads.all(reads.partition(account.value(), skPrefix).build(), meter).stream()
                .map(TableLayout::item)
                .toList();
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
        return reads.all(query, meter).stream().map(row -> new AccountId(row.key().sk())).toList();
    }

    @Override
    public Slice<Holding> holdings(
            Sku sku, ItemStatus status, @Nullable String before, int limit, CapacityMeter meter) {
        List<Row> found = new ArrayList<>();
        for (int shard = 0; shard < layout.productShards(); shard++) {
            String partition = TableLayout.productPartition(sku, status, shard);
            found.addAll(newest(TableLayout.GSI2, partition, before, limit + 1, meter));
        }
        found.sort(Comparator.comparing((Row row) -> row.text(TableLayout.GSI2SK)).reversed());
        return slice(found, limit, TableLayout::holding);
    }

    private List<Row> byStatus(
            String partition, @Nullable String before, int limit, CapacityMeter meter) {
        return newest(TableLayout.GSI1, partition, before, limit + 1, meter);
    }

    private List<Row> newest(
            String index,
            String partition,
            @Nullable String before,
            int limit,
            CapacityMeter meter) {
        AttributeValue pk = AttributeValue.fromS(partition);
        QueryRequest.Builder query =
                QueryRequest.builder().tableName(table).indexName(index).scanIndexForward(false);
        if (before == null) {
            query.keyConditionExpression(index + "PK = :pk")
                    .expressionAttributeValues(Map.of(":pk", pk));
        } else {
            query.keyConditionExpression(index + "PK = :pk AND " + index + "SK < :before")
                    .expressionAttributeValues(
                            Map.of(":pk", pk, ":before", AttributeValue.fromS(before)));
        }
        return reads.first(limit, query.build(), meter);
    }

    private static <T> Slice<T> slice(List<Row> found, int limit, Function<Row, T> what) {
        return new Slice<>(
                found.stream().limit(limit).map(what).toList(), found.size() > limit);
    }
}
