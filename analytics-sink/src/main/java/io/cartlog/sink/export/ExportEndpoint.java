package io.cartlog.sink.export;

import io.cartlog.sink.iceberg.Lake;
import io.cartlog.sink.row.LakeContent;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/// Gives out the lake as files.
@RestController
class ExportEndpoint {
    private static final MediaType ZIP = MediaType.valueOf("application/zip");

    private final Lake lake;

    ExportEndpoint(Lake lake) {
        this.lake = lake;
    }

    /// @param format `json`, `csv` or `parquet`
    /// @param snapshot null: the newest
    /// @throws ErrorResponseException 400 for another format, 404 for a snapshot that is not there
    @GetMapping("/internal/lake/export")
    ResponseEntity<StreamingResponseBody> export(
            @RequestParam("format") String format,
            @RequestParam(name = "snapshot", required = false) @Nullable Long snapshot) {
        Format asked = format(format);
        LakeContent content = content(snapshot);
        return ResponseEntity.ok()
                .contentType(ZIP)
                .body(out -> new ZippedExport(content, asked, out).write());
    }

    private static Format format(String name) {
        try {
            return Format.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            throw problem(HttpStatus.BAD_REQUEST, "the format is json, csv or parquet");
        }
    }

    private LakeContent content(@Nullable Long snapshot) {
        try {
            return lake.export().at(snapshot);
        } catch (IllegalArgumentException e) {
            throw problem(HttpStatus.NOT_FOUND, String.valueOf(e.getMessage()));
        }
    }

    private static ErrorResponseException problem(HttpStatus status, String detail) {
        ErrorResponseException problem = new ErrorResponseException(status);
        problem.setDetail(detail);
        return problem;
    }
}
