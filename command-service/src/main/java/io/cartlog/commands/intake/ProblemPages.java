package io.cartlog.commands.intake;

import io.cartlog.commands.problem.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/// A page for every kind of problem: what it means, why it happens and what to do. They are the
/// files of docs/problems.
@RestController
final class ProblemPages {
    private static final Pattern CODE = Pattern.compile("[a-z]+(-[a-z]+)*");
    private static final String HTML_UTF8 = MediaType.TEXT_HTML_VALUE + ";charset=utf-8";

    @GetMapping(path = ProblemCode.PAGES + "{code}", produces = HTML_UTF8)
    String page(@PathVariable String code) throws IOException {
        String markdown = CODE.matcher(code).matches() ? markdown(code) : null;
        if (markdown == null) {
            throw new ProblemException(
                    new Problem(ProblemCode.NOT_FOUND, "there is no problem of this name"));
        }
        return """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>%s</title></head>
        <body><pre style="white-space: pre-wrap; max-width: 80ch">%s</pre></body></html>
        """
                .formatted(code, HtmlUtils.htmlEscape(markdown, StandardCharsets.UTF_8.name()));
    }

    private static @Nullable String markdown(String code) throws IOException {
        try (InputStream file =
                ProblemPages.class.getResourceAsStream(ProblemCode.PAGES + code + ".md")) {
            return file == null ? null : new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
