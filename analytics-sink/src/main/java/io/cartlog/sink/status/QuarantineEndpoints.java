package io.cartlog.sink.status;

import io.cartlog.sink.Quarantine;
import io.cartlog.sink.warehouse.QuarantinedFile;
import io.cartlog.sink.warehouse.Retried;
import io.cartlog.sink.warehouse.WarehouseException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Files of the lake that the warehouse could not load.
@RestController
@RequestMapping("/internal/quarantine")
class QuarantineEndpoints {
    private final Quarantine quarantine;

    QuarantineEndpoints(Quarantine quarantine) {
        this.quarantine = quarantine;
    }

    record Waiting(List<QuarantinedFile> files) {}

    record Attempts(List<Retried> files) {}

    /// @throws ErrorResponseException 503 if the warehouse is away
    @GetMapping
    Waiting waiting() {
        return new Waiting(asked(quarantine::waiting));
    }

    /// Tries once more to load a file, or all that wait.
    ///
    /// @param file its location
    /// @throws ErrorResponseException 404 if it has never been in quarantine, 503 if the warehouse
    ///   is away
    @PostMapping("/retry")
    Attempts retry(@RequestParam(required = false) @Nullable String file) {
        return new Attempts(
                asked(() -> file == null ? quarantine.retryAll() : List.of(retryOne(file))));
    }

    private Retried retryOne(String file) {
        return quarantine
                .retry(file)
                .orElseThrow(() ->
                        problem(
                                HttpStatus.NOT_FOUND,
                                "no file of this name was ever in quarantine: " + file));
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (WarehouseException e) {
            throw problem(HttpStatus.SERVICE_UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    private static ErrorResponseException problem(HttpStatus status, String detail) {
        ErrorResponseException problem = new ErrorResponseException(status);
        problem.setDetail(detail);
        return problem;
    }
}
