package io.cartlog.cli.cart;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where a file has which column; the first line says so, in any order. A file names its columns
/// like the item's attributes, or like the table's keys.
public final class CartColumns {
    private static final String ACCOUNT = "AccountID";
    private static final String TIME = "CreateTimestamp";
    private static final String ITEM = "ItemSKU";
    private static final String STATUS = "Status";
    private static final String ORDER = "OrderId";
    private static final String SORT_KEY = "SK";
    private static final String INDEX_SORT_KEY = "GSI1SK";

    private static final List<String> ATTRIBUTES = List.of(ACCOUNT, TIME, ITEM, STATUS);
    private static final List<String> KEYS = List.of(SORT_KEY, INDEX_SORT_KEY, ITEM);

    private final Map<String, Integer> places = new HashMap<>();
    private final int count;

    private CartColumns(List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            places.put(names.get(i), i);
        }
        this.count = names.size();
    }

    /// Whether a file that begins with this line is one.
    public static boolean isHeader(String line) {
        List<String> names = names(line);
        return names.containsAll(ATTRIBUTES) || names.containsAll(KEYS);
    }

    /// @throws IllegalArgumentException if the line names other columns
    public static CartColumns of(String line) {
        if (!isHeader(line)) {
            throw new IllegalArgumentException(
                    "the columns must be %s (and %s), or %s"
                            .formatted(
                                    String.join(",", ATTRIBUTES), ORDER, String.join(",", KEYS)));
        }
        return new CartColumns(names(line));
    }

    private static List<String> names(String line) {
        return Arrays.stream(line.replace("\ufeff", "").split(",", -1))
                .map(name -> name.replace("\"", "").strip())
                .toList();
    }

    int count() {
        return count;
    }

    /// @param fields as many as there are columns
    /// @throws IllegalArgumentException if they are no item
    CartRow row(String[] fields) {
        return places.containsKey(STATUS)
                ? CartRow.of(
                        field(ACCOUNT, fields),
                        field(STATUS, fields),
                        places.containsKey(ORDER) ? field(ORDER, fields) : "",
                        field(TIME, fields),
                        field(ITEM, fields))
                : ofKey(field(SORT_KEY, fields).split("#", -1), fields);
    }

    /// `acct#ACTIVE#P-x`, `acct#SAVED#P-x`, `acct#PURCHASED#O-x#P-x`.
    private CartRow ofKey(String[] key, String[] fields) {
        if (key.length != 3 && key.length != 4) {
            throw new IllegalArgumentException("SK is no key such as 10000001#ACTIVE#P-1001");
        }
        String order = key.length == 4 ? key[2] : "";
        return CartRow.of(
                key[0], key[1], order, field(INDEX_SORT_KEY, fields), field(ITEM, fields));
    }

    private String field(String name, String[] fields) {
        Integer place = places.get(name);
        return place == null ? "" : fields[place].strip();
    }
}
