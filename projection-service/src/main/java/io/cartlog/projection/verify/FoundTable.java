package io.cartlog.projection.verify;

import io.cartlog.projection.view.Key;
import io.cartlog.projection.view.Row;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/// Everything that stands in the table, account by account. Filled by several threads.
final class FoundTable {
    private static final String HEAD = "HEAD#";
    private static final String ORDER = "ORDER#";

    private final ConcurrentMap<String, FoundAccount> accounts = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LongAdder> kinds = new ConcurrentHashMap<>();
    private final LongAdder rows = new LongAdder();

    void add(Row row) {
        rows.increment();
        kinds.computeIfAbsent(kind(row), _ -> new LongAdder()).increment();
        accounts.computeIfAbsent(account(row.key()), _ -> new FoundAccount()).add(row);
    }

    /// Whose item it is, by its key alone.
    static String account(Key key) {
        if (key.pk().startsWith(HEAD)) {
            return key.pk().substring(HEAD.length());
        }
        return key.pk().startsWith(ORDER) ? key.sk() : key.pk();
    }

    private static String kind(Row row) {
        if (row.key().pk().startsWith(HEAD)) {
            return "HEAD";
        }
        if (row.key().pk().startsWith(ORDER)) {
            return "ORDER";
        }
        String status = row.textOrNull("Status");
        return status == null ? "OTHER" : status;
    }

    Map<String, Long> digests() {
        Map<String, Long> digests = new TreeMap<>();
        accounts.forEach((account, found) -> digests.put(account, found.digest()));
        return digests;
    }

    long rows() {
        return rows.sum();
    }

    /// @param kind `ACTIVE`, `SAVED`, `PURCHASED`, `ORDER` or `HEAD`
    long count(String kind) {
        LongAdder count = kinds.get(kind);
        return count == null ? 0 : count.sum();
    }
}
