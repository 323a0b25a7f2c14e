package io.cartlog.sink.warehouse;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.cartlog.sink.row.SnapshotFile;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// The list of files that one COPY of Redshift loads. It fails if one is missing, or is not as long
/// as this says, which columnar files need.
record Manifest(List<Entry> entries) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static byte[] of(List<SnapshotFile> files) {
        return JSON.writeValueAsBytes(new Manifest(files.stream().map(Entry::of).toList()));
    }

    private record Entry(String url, boolean mandatory, Meta meta) {
        static Entry of(SnapshotFile file) {
            return new Entry(file.location(), true, new Meta(file.bytes()));
        }
    }

    private record Meta(@JsonProperty("content_length") long contentLength) {}
}
