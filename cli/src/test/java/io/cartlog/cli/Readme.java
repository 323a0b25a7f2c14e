package io.cartlog.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The README and what it tells to type.
final class Readme {
    /// Of the repository; tests run in the module's folder.
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    static final Path PATH = ROOT.resolve("README.md");
    static final Path FRONTEND = ROOT.resolve("docs/frontend.md");
    static final Path OPERATIONS = ROOT.resolve("docs/operations.md");
    static final Path TRACING = ROOT.resolve("docs/tracing.md");
    static final Path DATA_TEAM = ROOT.resolve("docs/data-team.md");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    private Readme() {}

    /// Lines of its shell blocks that begin like this.
    static List<String> commands(String beginning) throws IOException {
        return commands(PATH, beginning);
    }

    /// The same of another document.
    static List<String> commands(Path document, String beginning) throws IOException {
        List<String> commands = new ArrayList<>();
        boolean shell = false;
        for (String line : Files.readAllLines(document)) {
            if (line.startsWith("```")) {
                shell = line.equals("```sh");
            } else if (shell && line.startsWith(beginning)) {
                commands.add(line);
            }
        }
        return commands;
    }

    /// The same of one section of a document.
    static List<String> commands(Path document, String heading, String beginning)
            throws IOException {
        List<String> lines = Files.readAllLines(document);
        int start = lines.indexOf("## " + heading);
        if (start < 0) {
            throw new AssertionError("no section " + heading);
        }
        List<String> commands = new ArrayList<>();
        for (String line : lines.subList(start + 1, lines.size())) {
            if (line.startsWith("## ")) {
                break;
            }
            if (line.startsWith(beginning)) {
                commands.add(line);
            }
        }
        return commands;
    }

    /// As a shell would part them.
    static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        for (Matcher word = WORD.matcher(command); word.find(); ) {
            if (word.group(1) != null) {
                words.add(word.group(1));
            } else if (word.group(2) != null) {
                words.add(word.group(2));
            } else {
                words.add(word.group(3));
            }
        }
        return words;
    }
}
