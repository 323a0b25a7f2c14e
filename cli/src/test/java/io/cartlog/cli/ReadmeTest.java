package io.cartlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/// What the README says is there. Its `curl` lines are run by the end-to-end test.
class ReadmeTest {
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?://)([^)#]+)[^)]*\\)");
    private static final Pattern INLINE_COMMAND = Pattern.compile("`(\\./cartlog [^`]+)`");

    static List<String> commands() throws IOException {
        return Readme.commands("./cartlog ");
    }

    static Stream<Path> documents() throws IOException {
        try (Stream<Path> decisions = Files.list(Readme.ROOT.resolve("docs/decisions"))) {
            return Stream.concat(
                    Stream.of(
                            Readme.PATH,
                            Readme.FRONTEND,
                            Readme.OPERATIONS,
                            Readme.TRACING,
                            Readme.DATA_TEAM),
                    decisions.sorted())
                    .toList()
                    .stream();
        }
    }

    @Test
    void the_demo_comes_first() throws IOException {
        assertThat(commands()).startsWith("./cartlog demo");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_of_the_readme_is_one(String command) {
        CommandLine cartlog = CartlogCommand.commandLine();
        String[] args = Readme.words(command).stream().skip(1).toArray(String[]::new);

        CommandLine.ParseResult parsed = cartlog.parseArgs(args);

        assertThat(parsed.hasSubcommand()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void commands_in_the_text_are_commands_too(Path document) throws IOException {
        INLINE_COMMAND
                .matcher(Files.readString(document))
                .results()
                .map(found -> Readme.words(found.group(1)).stream().skip(1).toArray(String[]::new))
                .forEach(args -> CartlogCommand.commandLine().parseArgs(args));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_link_leads_somewhere(Path document) throws IOException {
        assertThat(LINK.matcher(Files.readString(document)).results().map(found -> found.group(1)))
                .allSatisfy(link -> assertThat(document.resolveSibling(link)).exists());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void a_decision_has_context_decision_and_consequence(Path document) throws IOException {
        String text = Files.readString(document);

        if (document.startsWith(Readme.ROOT.resolve("docs/decisions"))) {
            assertThat(text.lines().filter(line -> line.startsWith("## ")))
                    .containsExactly("## Context", "## Decision", "## Consequence");
        }
    }
}
