package io.cartlog.projection.query;

import java.util.Arrays;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Every problem that reads can answer with, for the catalogue that clients see.
@RestController
class ProblemList {

    /// @param meaning in Markdown
    record Entry(String code, int status, String title, String meaning) {}

    @GetMapping("/internal/problems")
    List<Entry> all() {
        return Arrays.stream(ProblemCode.values())
                .map(c -> new Entry(c.code(), c.status().value(), c.title(), c.meaning()))
                .toList();
    }
}
