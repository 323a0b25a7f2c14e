package io.cartlog.commands.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.commands.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
    private static final Path READ_SIDE =
            Path.of("..", "projection-service", "src", "main", "java");
    private static final Pattern CODE_OF_READ_SIDE =
            Pattern.compile(
                    "(?:ProblemException\\.notFound|new ProblemException|detail|answer)\\(\\s*"
                            + "(?:HttpStatus\\.[A-Z_]+,\\s*)?\"([a-z]+(?:-[a-z]+)+)\"");

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
    void every_problem_of_the_read_side_has_a_page_too() throws IOException {
        Set<String> codes = codesOfReadSide();
        assertThat(codes).isNotEmpty();
        assertThat(codes).allSatisfy(code -> assertThat(pages.page(code)).contains("`" + code));
    }

    private static Set<String> codesOfReadSide() throws IOException {
        Set<String> codes = new TreeSet<>();
        try (Stream<Path> files = Files.walk(READ_SIDE)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                Matcher code = CODE_OF_READ_SIDE.matcher(Files.readString(file));
                while (code.find()) {
                    codes.add(code.group(1));
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
