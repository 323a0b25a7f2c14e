package io.cartlog.sink.iceberg;

import io.cartlog.sink.row.EventBytes;
import io.cartlog.sink.row.EventRow;
import io.cartlog.sink.row.LakeRow;
import java.util.List;
import org.apache.iceberg.parquet.ParquetValueWriter;
import org.apache.iceberg.parquet.TripleWriter;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.schema.MessageType;

/// Writes rows of either kind into the same columns.
final class LakeRowWriter implements ParquetValueWriter<LakeRow> {
    private final EventRowWriter rows;
    private final EventBytesWriter bytes;

    LakeRowWriter(MessageType schema) {
        rows = new EventRowWriter(schema);
        bytes = new EventBytesWriter(schema);
    }

    @Override
    public void setColumnStore(ColumnWriteStore store) {
        rows.setColumnStore(store);
        bytes.setColumnStore(store);
    }

    @Override
    public List<TripleWriter<?>> columns() {
        return List.of();
    }

    @Override
    public void write(int repetitionLevel, LakeRow row) {
        switch (row) {
            case EventRow r -> rows.write(repetitionLevel, r);
            case EventBytes b -> bytes.write(repetitionLevel, b);
        }
    }
}
