package io.cartlog.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Attributes.Name;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
    @TempDir Path home = Path.of("");

    private Path target = Path.of("");

    @BeforeEach
    void build() throws IOException {
        target = Files.createDirectories(home.resolve("local-stack/target"));
        write(target.resolve("local-stack-1.jar"), manifest(Name.IMPLEMENTATION_TITLE, "ours"));
        Path execJar = target.resolve("local-stack-1-exec.jar");
        Manifest start = manifest(new Name("Start-Class"), "a.Main");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(execJar), start)) {
            jar.putNextEntry(new JarEntry("BOOT-INF/lib/greedy.jar"));
            ByteArrayOutputStream library = new ByteArrayOutputStream();
            write(library, manifest(Name.CLASS_PATH, ". lib/other.jar"));
            jar.write(library.toByteArray());
        }
        touch(execJar, -60);
    }

    private static Manifest manifest(Name name, String value) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(name, value);
        return manifest;
    }

    private static void write(Path file, Manifest manifest) throws IOException {
        write(Files.newOutputStream(file), manifest);
    }

    private static void write(OutputStream to, Manifest manifest) throws IOException {
        try (JarOutputStream jar = new JarOutputStream(to, manifest)) {
            jar.putNextEntry(new JarEntry("a/Main.class"));
        }
    }

    private static void touch(Path file, int seconds) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(seconds)));
    }

    private void unpack() {
        Program.of(StackProcess.LOCAL_STACK, home).javaArguments();
    }

    @Test
    void a_library_adds_no_folder_to_the_class_path() throws IOException {
        unpack();

        try (JarFile library = new JarFile(target.resolve("app/greedy.jar").toFile())) {
            Attributes attributes = library.getManifest().getMainAttributes();
            assertThat(attributes.getValue(Name.CLASS_PATH)).isNull();
            assertThat(attributes.getValue(Name.MANIFEST_VERSION)).isEqualTo("1.0");
            assertThat(library.getEntry("a/Main.class")).isNotNull();
        }
    }

    @Test
    void an_archive_of_classes_lives_as_long_as_its_jars() throws IOException {
        unpack();
        Path archive = Files.createFile(target.resolve("app/classes.jsa"));

        unpack();
        assertThat(archive).exists();

        touch(target.resolve("local-stack-1-exec.jar"), 60);
        unpack();
        assertThat(archive).doesNotExist();
    }

    @Test
    void a_shell_may_forbid_to_write_the_archive() {
        Map<String, String> shell =
                Map.of("CARTLOG_JAVA_OPTS_LOCAL_STACK", "-XX:-AutoCreateSharedArchive");
        StackSettings settings = new StackSettings(home, home.resolve("data"), 8080, shell);
        Launch launch =
                new Launch(settings, new StackAddresses(8080), new DataFolder(settings.data()));

        assertThat(launch.command(StackProcess.LOCAL_STACK))
                .filteredOn(option -> option.endsWith("AutoCreateSharedArchive"))
                .containsExactly("-XX:+AutoCreateSharedArchive", "-XX:-AutoCreateSharedArchive");
    }
}
