package io.cartlog.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// A class of the service with a mistake that somebody might make, compiled from its own source.
final class PlantedBug {
    private PlantedBug() {}

    /// @param right must stand in the source once
    /// @param classes receives the class; to be put before the others on the class path
    static void plant(String type, String right, String wrong, Path classes) throws IOException {
        Path file = Path.of("src/main/java", type.replace('.', '/') + ".java");
        String source = Files.readString(file, UTF_8);
        if (source.split(Pattern.quote(right), -1).length != 2) {
            throw new AssertionError(file + " does not have this once: " + right);
        }
        StringWriter said = new StringWriter();
        JavaCompiler.CompilationTask task =
                ToolProvider.getSystemJavaCompiler()
                        .getTask(
                                said,
                                null,
                                null,
                                List.of(
                                        "-d",
                                        classes.toString(),
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        "-proc:none"),
                                null,
                                List.of(new Source(file.toUri(), source.replace(right, wrong))));
        if (!task.call()) {
            throw new AssertionError("the mistake cannot be compiled: " + said);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(URI uri, String text) {
            super(uri, Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
