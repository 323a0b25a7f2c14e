package io.cartlog.commands.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.commands.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemPagesTest {
    private static final Path PAGES = Path.of("..", "docs", "problems");

    /// Where others keep their codes: an enum of the read side, the refusals at the door.
    private static final List<Path> OTHERS =
            Stream.of("projection-service", "service-common")
                    .map(module -> Path.of("..", module, "src", "main", "java"))
                    .filter(Files::isDirectory)
                    .toList();

    private static final Pattern CODE_OF_OTHERS =
            Pattern.compile(
                    "(?:\\n    ([A-Z][A-Z_]+)\\(\\s*HttpStatus\\.)"
                            + "|(?:notFound|new ProblemException|new Problem|detail|answer)\\(\\s*"
                            + "(?:HttpStatus\\.[A-Z_]+,\\s*|[0-9]{3},\\s*)?"
                            + "\"([a-z]+(?:-[a-z]+)+)\"");

    private final ProblemPages pages = new ProblemPages();

    @ParameterizedTest
    @EnumSource
    void every_problem_has_a_page_that_says_what_to_do(ProblemCode code) throws IOException {
        String page = pages.page(code.text());
        assertThat(page)
                .contains(
                        "# " + code.title(),
                        "`" + code.text() + "`",
                        Integer.toString(code.status()),
                        "## What it means",
                        "## Why it happens",
                        "## What to do");
        assertThat(code.type()).isEqualTo("/problems/" + code.text());
    }

    @Test
    void every_problem_of_the_others_has_a_page_too() throws IOException {
        Set<String> codes = codesOfOthers();
        assertThat(codes).isNotEmpty();
        assertThat(codes).allSatisfy(code -> assertThat(pages.page(code)).contains("`" + code));
    }

    private static Set<String> codesOfOthers() throws IOException {
        Set<String> codes = new TreeSet<>();
        for (Path module : OTHERS) {
            try (Stream<Path> files = Files.walk(module)) {
                for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    Matcher code = CODE_OF_OTHERS.matcher(Files.readString(file));
                    while (code.find()) {
                        codes.add(
                                code.group(1) == null
                                        ? code.group(2)
                                        : code.group(1).toLowerCase(Locale.ROOT).replace('_', '-'));
                    }
                }
            }
        }
        return codes;
    }

    @Test
    void every_page_has_the_same_parts() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            assertThat(files.toList())
                    .hasSizeGreaterThanOrEqualTo(ProblemCode.values().length)
                    .allSatisfy(file ->
                            assertThat(Files.readString(file))
                                    .contains(
                                            "## What it means",
                                            "## Why it happens",
                                            "## What to do"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-problem", "../application", "CART-EMPTY", ""})
    void there_is_no_other_page(String code) {
        assertThatThrownBy(() -> pages.page(code))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.NOT_FOUND));
    }

    @Test
    void codes_are_unlike_each_other() {
        assertThat(Arrays.stream(ProblemCode.values()).map(ProblemCode::text))
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("[a-z]+(-[a-z]+)*"));
    }
}
