package io.cartlog.sink.upkeep;

import io.cartlog.sink.iceberg.Lake;
import io.cartlog.sink.iceberg.LakeUpkeep.Compacted;
import io.cartlog.sink.iceberg.StoredFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What the lake is made of, and its upkeep now.
@RestController
@RequestMapping("/internal/lake")
class LakeEndpoints {
    private final Lake lake;
    private final Upkeep upkeep;

    LakeEndpoints(Lake lake, Upkeep upkeep) {
        this.lake = lake;
        this.upkeep = upkeep;
    }

    /// @param id as text: it is larger than what JSON's numbers are read as
    /// @param rows added by this snapshot
    record Snapshot(
            String id,
            long sequenceNumber,
            Instant committedAt,
            String operation,
            long rows,
            long files,
            long totalRows,
            long totalFiles) {}

    /// @param to the first offset behind the file's rows
    record File(String location, int partition, long from, long to, long rows) {
        static File of(StoredFile file) {
            return new File(
                    file.location(),
                    file.partition(),
                    file.firstOffset(),
                    file.lastOffset() + 1,
                    file.rowCount());
        }
    }

    /// Newest first.
    @GetMapping("/snapshots")
    List<Snapshot> snapshots() {
        return upkeep.snapshots().stream()
                .map(v ->
                        new Snapshot(
                                Long.toString(v.id()),
                                v.sequenceNumber(),
                                v.committedAt(),
                                v.operation(),
                                v.addedRows(),
                                v.addedFiles(),
                                v.rows(),
                                v.files()))
                .toList();
    }

    @GetMapping("/files")
    List<File> files() {
        return lake.events().files().stream().map(File::of).toList();
    }

    @PostMapping("/compact")
    Compacted compact() {
        return upkeep.compact();
    }

    /// @param olderThan ISO-8601, such as `PT36H`; what the warehouse has not loaded stays in any
    ///   case
    @PostMapping("/expire")
    Map<String, Integer> expire(@RequestParam("older-than") Duration olderThan) {
        return Map.of("expired", upkeep.expire(olderThan));
    }

    @PostMapping("/clean")
    Map<String, List<String>> clean() {
        return Map.of("removed", upkeep.clean());
    }
}
