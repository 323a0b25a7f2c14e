package io.cartlog.localstack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The programs of PostgreSQL, unpacked once per person and version into the cache folder
/// (`XDG_CACHE_HOME` or `~/.cache`).
record PostgresBinaries(Path home, List<String> prefix) {
    private static final String VERSION = "18.6.0";

    static PostgresBinaries unpacked() throws IOException, InterruptedException {
        Path home = cache().resolve("cartlog").resolve("postgresql-" + VERSION);
        if (!Files.isDirectory(home)) {
            unpackBeside(home);
        }
        return new PostgresBinaries(home, prefixForThisUser());
    }

    /// The command that runs one of the programs, to be completed with its arguments.
    List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static Path cache() {
        String configured = System.getenv("XDG_CACHE_HOME");
        return configured != null && !configured.isBlank()
                ? Path.of(configured)
                : Path.of(System.getProperty("user.home"), ".cache");
    }

    /// Several processes may do this at once: each unpacks for itself and the first one to rename
    /// wins.
    private static void unpackBeside(Path home) throws IOException {
        Files.createDirectories(home.getParent());
        Path unpacking = Files.createTempDirectory(home.getParent(), "unpacking-");
        try (TarArchiveInputStream entries = openArchive()) {
            for (TarArchiveEntry entry = entries.getNextEntry();
                    entry != null;
                    entry = entries.getNextEntry()) {
                unpack(entries, entry, unpacking);
            }
            Files.move(unpacking, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException _) {
            Folders.delete(unpacking);
        }
    }

    private static TarArchiveInputStream openArchive() throws IOException {
        String name = "postgres-%s-%s.txz".formatted(system(), machine());
        InputStream archive = PostgresBinaries.class.getResourceAsStream("/" + name);
        if (archive == null) {
            throw new LocalStackException("no PostgreSQL for this machine: " + name);
        }
        return new TarArchiveInputStream(new XZInputStream(archive));
    }

    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.contains("mac") ? "darwin" : name;
    }

    private static String machine() {
        return switch (System.getProperty("os.arch")) {
            case "amd64" -> "x86_64";
            case "aarch64" -> "arm_64";
            case String other -> other;
        };
    }

    private static void unpack(TarArchiveInputStream entries, TarArchiveEntry entry, Path home)
            throws IOException {
        Path file = home.resolve(entry.getName()).normalize();
        if (!file.startsWith(home)) {
            throw new IOException("the archive leaves its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(entries, file);
        if (entry.getName().contains("bin/")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /// PostgreSQL refuses to run as root, so there it gets a user namespace in which it is not.
    private static List<String> prefixForThisUser() throws IOException, InterruptedException {
        if (!System.getProperty("user.name").equals("root")) {
            return List.of();
        }
        List<String> namespace = List.of("unshare", "-U");
        if (!works(namespace)) {
            throw new LocalStackException(
                    "PostgreSQL does not run as root, and this machine does not allow user"
                            + " namespaces (unshare -U); start the stack as another user");
        }
        return namespace;
    }

    private static boolean works(List<String> prefix) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.add("true");
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
