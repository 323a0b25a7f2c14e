package io.cartlog.sink.iceberg;

import java.util.List;
import org.apache.iceberg.types.Types.NestedField;

/// The columns of the table of events, for tests of other packages.
public final class LakeColumns {
    private LakeColumns() {}

    public static List<NestedField> all() {
        return EventSchema.SCHEMA.columns();
    }

    /// The columns that its files are laid out by.
    public static List<String> partitions() {
        return EventSchema.BY_HOUR.fields().stream()
                .map(field -> EventSchema.SCHEMA.findColumnName(field.sourceId()))
                .toList();
    }
}
