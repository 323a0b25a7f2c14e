package com.amazonaws.services.dynamodbv2.local.shared.access.sqlite;

import static com.amazonaws.services.dynamodbv2.local.shared.access.sqlite.SQLiteDBAccessUtils.translateKeyAttributeValue;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteStatement;
import com.amazonaws.services.dynamodbv2.local.shared.access.LocalDBUtils;
import com.amazonaws.services.dynamodbv2.local.shared.access.TableInfo;
import com.amazonaws.services.dynamodbv2.local.shared.mapper.DynamoDBObjectMapper;
import com.amazonaws.services.dynamodbv2.local.shared.model.AttributeValue;
import com.amazonaws.services.dynamodbv2.model.IndexStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/// How DynamoDB Local lays a table out in SQLite: its key, its columns, and the three statements
/// that read, replace and delete one item. Rows come out byte for byte as stock writes them.
@NullMarked
final class TableLayout {
    private static final DynamoDBObjectMapper JSON = new DynamoDBObjectMapper();

    private final TableInfo info;
    private final List<SQLiteIndexElement> key;
    private final List<SQLiteIndexElement> columns;
    private final boolean sorted;
    private final boolean hasIndexes;
    private final String select;
    private final String replace;
    private final String delete;

    private TableLayout(TableInfo info, TableSchemaInfo schema) {
        this.info = info;
        this.key =
                requireNonNull(schema.getSqliteIndex().get(SQLiteDBAccess.PRIMARY_KEY_INDEX_NAME));
        this.sorted = key.size() == 2;
        this.hasIndexes = schema.hasGSIs();
        this.columns = columns(schema);
        String table = SQLiteDBAccessUtils.escapedTableName(info.getTableName());
        String where = " WHERE " + SQLiteDBAccessUtils.constructIndexWhereClause(key) + ";";
        this.select = "SELECT " + SQLiteDBAccess.OBJECT_COLUMN_NAME + " FROM " + table + where;
        this.delete = "DELETE FROM " + table + where;
        this.replace = replaceInto(table);
    }

    /// Empty for a table that only stock knows to write: one with a stream, whose records come out
    /// of the old item, or one with an index that is being built or deleted.
    static Optional<TableLayout> of(TableInfo info, TableSchemaInfo schema) {
        boolean streamed = Boolean.TRUE.equals(info.getStreamSpecification().getStreamEnabled());
        return streamed || !allIndexesActive(schema)
                ? Optional.empty()
                : Optional.of(new TableLayout(info, schema));
    }

    TableInfo info() {
        return info;
    }

    /// The key of an item given by at least its key attributes.
    RecordKey keyOf(Map<String, AttributeValue> item) {
        return RecordKey.of(
                info.getTableName(), key.stream().map(element -> bytes(item, element)).toList());
    }

    /// The key given by a request, if all its parts are strings. Numbers and bytes are not yet
    /// checked there, and need not be quick.
    Optional<RecordKey> keyOfStrings(
            Map<String, com.amazonaws.services.dynamodbv2.model.AttributeValue> attributes) {
        List<byte[]> parts = new ArrayList<>(key.size());
        for (SQLiteIndexElement element : key) {
            com.amazonaws.services.dynamodbv2.model.AttributeValue value =
                    attributes.get(attribute(element));
            if (value == null || value.getS() == null) {
                return Optional.empty();
            }
            parts.add(value.getS().getBytes(UTF_8));
        }
        return Optional.of(RecordKey.of(info.getTableName(), parts));
    }

    SQLiteStatement prepareSelect(SQLiteDBAccessJob<?> job) throws SQLiteException {
        return job.getPreparedStatement(select);
    }

    @Nullable Map<String, AttributeValue> read(SQLiteStatement select, RecordKey key)
            throws SQLiteException, IOException {
        select.reset();
        bind(select, key);
        return select.step()
                ? JSON.readValue(select.columnBlob(0), DynamoDBObjectMapper.ITEM_TYPE)
                : null;
    }

    /// An item as SQLite stores it.
    ///
    /// @param values in the order of the columns; null where the item lacks the attribute
    record Row(List<byte @Nullable []> values, long itemSize) {}

    void replace(SQLiteDBAccessJob<?> job, Row row) throws SQLiteException {
        SQLiteStatement statement = job.getPreparedStatement(replace);
        int parameter = 1;
        for (byte @Nullable [] value : row.values()) {
            statement.bind(parameter++, value);
        }
        execute(statement.bind(parameter, row.itemSize()));
    }

    void delete(SQLiteDBAccessJob<?> job, RecordKey key) throws SQLiteException {
        SQLiteStatement statement = job.getPreparedStatement(delete);
        bind(statement, key);
        execute(statement);
    }

    /// Takes longer than to store it, so it's for the request's thread.
    Row row(Map<String, AttributeValue> item) {
        return new Row(values(item), LocalDBUtils.getItemSizeBytes(item));
    }

    private List<byte @Nullable []> values(Map<String, AttributeValue> item) {
        List<byte @Nullable []> row = new ArrayList<>(columns.size() + 4);
        for (SQLiteIndexElement column : columns) {
            row.add(item.get(attribute(column)) == null ? null : bytes(item, column));
        }
        AttributeValue hash = item.get(attribute(key.getFirst()));
        row.add(LocalDBUtils.getHashValue(hash));
        if (sorted) {
            AttributeValue range = item.get(attribute(key.getLast()));
            row.add(LocalDBUtils.getHashValue(range));
            if (hasIndexes) {
                row.add(LocalDBUtils.getHashValue(hash, range));
            }
        }
        row.add(json(item));
        return row;
    }

    private static byte[] json(Map<String, AttributeValue> item) {
        try {
            return JSON.writeValueAsBytes(item);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String replaceInto(String table) {
        List<String> names = new ArrayList<>();
        columns.forEach(column -> names.add(column.getSqliteColumnName()));
        names.add(SQLiteDBAccess.HASH_VALUE_COLUMN_NAME);
        if (sorted) {
            names.add(SQLiteDBAccess.RANGE_VALUE_COLUMN_NAME);
            if (hasIndexes) {
                names.add(SQLiteDBAccess.HASH_RANGE_VALUE_COLUMN_NAME);
            }
        }
        names.add(SQLiteDBAccess.OBJECT_COLUMN_NAME);
        names.add(SQLiteDBAccess.ITEM_SIZE_COLUMN_NAME);
        return "INSERT OR REPLACE INTO "
                + table
                + names.stream().collect(joining(", ", " (", ")"))
                + Collections.nCopies(names.size(), "?").stream()
                        .collect(joining(", ", " VALUES (", ");"));
    }

    /// Disposed at once, so that the next write finds the compiled statement in the cache.
    private static void execute(SQLiteStatement statement) throws SQLiteException {
        statement.step();
        statement.dispose();
    }

    private static void bind(SQLiteStatement statement, RecordKey key) throws SQLiteException {
        int parameter = 1;
        for (byte[] part : key.bytes()) {
            statement.bind(parameter++, part);
        }
    }

    private static boolean allIndexesActive(TableSchemaInfo schema) {
        return !schema.hasGSIs()
                || schema.getGsiDescList().stream()
                        .allMatch(i -> IndexStatus.ACTIVE.toString().equals(i.getIndexStatus()));
    }

    /// An attribute may serve several indexes and has one column.
    private static List<SQLiteIndexElement> columns(TableSchemaInfo schema) {
        Stream<SQLiteIndexElement> ofIndexes =
                schema.hasGSIs()
                        ? schema.getUniqueGSIIndexes().stream().flatMap(Collection::stream)
                        : Stream.empty();
        Map<String, SQLiteIndexElement> byName = new LinkedHashMap<>();
        Stream.concat(schema.getUniqueIndexes().stream(), ofIndexes)
                .forEach(element -> byName.put(element.getSqliteColumnName(), element));
        return List.copyOf(byName.values());
    }

    private static byte[] bytes(Map<String, AttributeValue> item, SQLiteIndexElement element) {
        return translateKeyAttributeValue(item.get(attribute(element)));
    }

    private static String attribute(SQLiteIndexElement element) {
        return element.getDynamoDBAttribute().getAttributeName();
    }
}
