package io.cartlog.commands.openapi;

import io.cartlog.commands.problem.ProblemCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/// Every problem that the API answers with, from whichever part, as its page tells it.
record Catalogue(SortedMap<String, Entry> entries) {
    private static final Pattern PAGE =
            Pattern.compile(
                    "# (?<title>.+)\\R+`(?<code>[a-z-]+)`, usually with status (?<status>[0-9]{3})\\.\\R+"
                            + "## What it means\\R(?<meaning>(?s:.+?))\\R+## ");
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    /// @param meaning in Markdown, on one line
    record Entry(String code, int status, String title, String meaning) {}

    /// @throws IllegalStateException if a page has another form
    static Catalogue ofPages() {
        SortedMap<String, Entry> entries = new TreeMap<>();
        try {
            for (Resource page :
                    new PathMatchingResourcePatternResolver()
                            .getResources("classpath:" + ProblemCode.PAGES + "*.md")) {
                Entry entry = entry(page);
                entries.put(entry.code(), entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Catalogue(entries);
    }

    private static Entry entry(Resource page) throws IOException {
        Matcher parts = PAGE.matcher(page.getContentAsString(StandardCharsets.UTF_8));
        if (!parts.lookingAt() || !(parts.group("code") + ".md").equals(page.getFilename())) {
            throw new IllegalStateException("not the page of a problem: " + page);
        }
        return new Entry(
                parts.group("code"),
                Integer.parseInt(parts.group("status")),
                parts.group("title"),
                parts.group("meaning").replaceAll("\\s+", " ").strip());
    }

    /// @throws IllegalArgumentException if there is no page of this problem
    Entry of(String code) {
        Entry entry = entries.get(code);
        if (entry == null) {
            throw new IllegalArgumentException("no problem is called " + code);
        }
        return entry;
    }

    /// A body by way of example.
    ///
    /// @param numbers of the rule
    Map<String, Object> example(String code, Map<String, ?> numbers) {
        Entry entry = of(code);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", ProblemCode.PAGES + code);
        body.put("title", entry.title());
        body.put("status", entry.status());
        body.put("detail", entry.meaning());
        body.put("code", code);
        body.put("traceId", TRACE);
        body.putAll(numbers);
        return body;
    }
}
