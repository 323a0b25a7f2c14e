package io.cartlog.cli.stack;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The built jar of a process, unpacked beside it once per build.
///
/// A service starts in half the CPU time that it takes from the nested jar: the class path is
/// plain, and the JVM keeps an archive of the classes it loaded, written when the process first
/// stops. It neither takes nor replaces an archive of other jars, so that one goes when they
/// change.
final class Program {
    private static final String LIBRARIES = "BOOT-INF/lib/";

    private final String name;
    private final Path target;
    private final boolean archives;

    /// @param archives whether this process writes the archive; of two that end together, one must
    private Program(String name, Path target, boolean archives) {
        this.name = name;
        this.target = target;
        this.archives = archives;
    }

    static Program of(StackProcess process, Path home) {
        String name = process.moduleName();
        return new Program(
                name, home.resolve(name).resolve("target"), process.label().equals(name));
    }

    /// Options that come before those of a person's shell, which may so forbid the archive.
    List<String> archiveOptions() {
        return List.of(
                "-XX:%sAutoCreateSharedArchive".formatted(archives ? "+" : "-"),
                "-XX:SharedArchiveFile=" + archive(),
                "-Xlog:cds=off",
                "-Xlog:cds+dynamic=off");
    }

    /// What follows `java` and all its options.
    ///
    /// @throws StackException if it is not built
    List<String> javaArguments() {
        try {
            Path execJar = execJar();
            unpackOnce(execJar);
            return List.of("-cp", Files.readString(classPathFile()), startClass(execJar));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path execJar() throws IOException {
        if (!Files.isDirectory(target)) {
            throw notBuilt();
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(it -> it.toString().endsWith("-exec.jar"))
                    .max(Comparator.comparingLong(it -> it.toFile().lastModified()))
                    .orElseThrow(this::notBuilt);
        }
    }

    private StackException notBuilt() {
        return new StackException(
                "%s is not built in %s; run ./cartlog from the sources, which builds, or set"
                                .formatted(name, target)
                        + " CARTLOG_HOME");
    }

    /// Two stacks that are started at once would write into each other's copy.
    private void unpackOnce(Path execJar) throws IOException {
        if (isUnpacked(execJar)) {
            return;
        }
        Path lockFile = target.resolve("app.lock");
        try (FileChannel file = FileChannel.open(lockFile, CREATE, WRITE);
                FileLock _ = file.lock()) {
            if (!isUnpacked(execJar)) {
                unpack(execJar);
            }
        }
    }

    private boolean isUnpacked(Path execJar) throws IOException {
        Path file = classPathFile();
        return Files.exists(file)
                && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(execJar))
                        > 0;
    }

    /// The file with the class path is written last: it says that the rest is whole.
    private void unpack(Path execJar) throws IOException {
        Files.deleteIfExists(classPathFile());
        Files.deleteIfExists(archive());
        Files.createDirectories(app());
        List<Path> classPath = new ArrayList<>();
        classPath.add(copy(plainJar(execJar)));
        try (JarFile jar = new JarFile(execJar.toFile())) {
            for (JarEntry entry : jar.stream().filter(Program::isLibrary).toList()) {
                classPath.add(copy(jar, entry));
            }
        }
        Files.writeString(
                classPathFile(),
                classPath.stream()
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator)));
    }

    /// The module's own classes, as a jar: an archive of classes knows no folders.
    private static Path plainJar(Path execJar) {
        String plain = execJar.getFileName().toString().replace("-exec.jar", ".jar");
        return execJar.resolveSibling(plain);
    }

    private Path copy(Path jar) throws IOException {
        Path copy = app().resolve(jar.getFileName());
        return Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path copy(JarFile jar, JarEntry entry) throws IOException {
        Path copy = app().resolve(entry.getName().substring(LIBRARIES.length()));
        try (InputStream content = jar.getInputStream(entry)) {
            Files.copy(content, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        dropClassPath(copy);
        return copy;
    }

    /// The class path is whole without what a jar names beside itself. DynamoDB Local's names its
    /// folder, and the JVM archives nothing where a folder with files is on the class path.
    private static void dropClassPath(Path library) throws IOException {
        try (FileSystem jar = FileSystems.newFileSystem(library)) {
            Path file = jar.getPath(JarFile.MANIFEST_NAME);
            if (Files.notExists(file)) {
                return;
            }
            Manifest manifest = new Manifest();
            try (InputStream content = Files.newInputStream(file)) {
                manifest.read(content);
            }
            if (manifest.getMainAttributes().remove(Attributes.Name.CLASS_PATH) != null) {
                try (OutputStream content = Files.newOutputStream(file)) {
                    manifest.write(content);
                }
            }
        }
    }

    private static boolean isLibrary(JarEntry entry) {
        return entry.getName().startsWith(LIBRARIES) && entry.getName().endsWith(".jar");
    }

    private static String startClass(Path execJar) throws IOException {
        try (JarFile jar = new JarFile(execJar.toFile())) {
            Attributes attributes = jar.getManifest().getMainAttributes();
            return attributes.getValue("Start-Class");
        }
    }

    private Path app() {
        return target.resolve("app");
    }

    private Path archive() {
        return app().resolve("classes.jsa");
    }

    private Path classPathFile() {
        return app().resolve("class-path");
    }
}
