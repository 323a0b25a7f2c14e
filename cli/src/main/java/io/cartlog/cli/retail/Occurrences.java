package io.cartlog.cli.retail;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Which of the rows that look like it a row is. Equal rows belong to the same group (an invoice, a
/// time), and the rows of a group stand near each other; so only the last groups are remembered,
/// and a file may be of any length.
public final class Occurrences {
    private final int groups;
    private final Map<String, Map<Digest128, Integer>> seen = new LinkedHashMap<>();
    private long repeats;

    /// @param groups how many are remembered. Equal rows that stand further apart are one
    public Occurrences(int groups) {
        this.groups = groups;
    }

    /// 1 for the first of its kind, 2 for the second ...
    public int next(String group, Digest128 row) {
        int nth = rows(group).merge(row, 1, Integer::sum);
        if (nth > 1) {
            repeats++;
        }
        return nth;
    }

    private Map<Digest128, Integer> rows(String group) {
        Map<Digest128, Integer> rows = seen.computeIfAbsent(group, _ -> new HashMap<>());
        if (seen.size() > groups) {
            seen.remove(seen.keySet().iterator().next());
        }
        return rows;
    }

    /// How many rows so far were the second or later of their kind.
    public long repeats() {
        return repeats;
    }

    /// All of the memory, for [#read] of one that goes on from here.
    public void write(DataOutput out) throws IOException {
        out.writeLong(repeats);
        out.writeInt(seen.size());
        for (Map.Entry<String, Map<Digest128, Integer>> group : seen.entrySet()) {
            out.writeUTF(group.getKey());
            out.writeInt(group.getValue().size());
            for (Map.Entry<Digest128, Integer> row : group.getValue().entrySet()) {
                out.writeLong(row.getKey().high());
                out.writeLong(row.getKey().low());
                out.writeInt(row.getValue());
            }
        }
    }

    public void read(DataInput in) throws IOException {
        seen.clear();
        repeats = in.readLong();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            Map<Digest128, Integer> rows = rows(in.readUTF());
            int size = in.readInt();
            for (int row = 0; row < size; row++) {
                rows.put(new Digest128(in.readLong(), in.readLong()), in.readInt());
            }
        }
    }
}
