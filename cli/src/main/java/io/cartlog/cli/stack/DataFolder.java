package io.cartlog.cli.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The folder with everything that a stack keeps. A file in it marks it as ours; a folder with
/// other people's files is neither filled nor deleted.
record DataFolder(Path path) {
    private static final String MARKER = ".cartlog-data";
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");

    /// @throws StackException if it has files and is not ours
    void prepare() {
        try {
            Files.createDirectories(path);
            if (!isOurs()) {
                requireEmpty();
                Files.writeString(
                        path.resolve(MARKER),
                        "Made by ./cartlog; `./cartlog down --wipe` deletes.\n");
            }
            Files.createDirectories(path.resolve("logs"));
        } catch (IOException e) {
            throw new StackException("cannot use the data folder " + path + ": " + e, e);
        }
    }

    boolean isOurs() {
        return Files.exists(path.resolve(MARKER));
    }

    LogFile log(StackProcess process) {
        return new LogFile(path.resolve("logs").resolve(process.label() + ".log"));
    }

    Path stateFile() {
        return path.resolve("stack.json");
    }

    /// Where the authorization server keeps its key.
    Path signingKey() {
        return path.resolve("secrets").resolve("signing-key");
    }

    /// A secret that was drawn when the stack was first started.
    ///
    /// @throws StackException if it was not
    String drawnSecret(String name) {
        if (!Files.exists(path.resolve("secrets").resolve(name))) {
            throw new StackException(
                    "there are no secrets in %s; start the stack (./cartlog up)".formatted(path));
        }
        return secret(name);
    }

    /// A secret of this stack alone, drawn when it is first asked for and kept, so that what it
    /// signs outlives a restart: 64 hex digits.
    String secret(String name) {
        Path file = path.resolve("secrets").resolve(name);
        try {
            if (!Files.exists(file)) {
                keep(file, random());
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new StackException("cannot keep a secret in " + file + ": " + e, e);
        }
    }

    /// Held while somebody starts or stops; released at the end of the process at the latest.
    FileChannel lock(Progress progress) {
        try {
            FileChannel file =
                    FileChannel.open(
                            path.resolve("stack.lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (file.tryLock() == null) {
                progress.say("another cartlog starts or stops this stack; waiting for it");
                FileLock _ = file.lock();
            }
            return file;
        } catch (IOException e) {
            throw new StackException("cannot lock the data folder " + path + ": " + e, e);
        }
    }

    /// @throws StackException if it is not ours
    void delete() {
        if (!Files.exists(path)) {
            return;
        }
        if (!isOurs()) {
            throw new StackException(path + " was not made by cartlog and stays");
        }
        try (Stream<Path> all = Files.walk(path)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new StackException("cannot delete " + path + ": " + e, e);
        }
    }

    private static void keep(Path file, String secret) throws IOException {
        Files.createDirectories(file.getParent());
        Path writing = file.resolveSibling(file.getFileName() + ".writing");
        Files.deleteIfExists(writing);
        Files.createFile(writing, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.writeString(writing, secret);
        Files.move(writing, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private void requireEmpty() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            if (files.findAny().isPresent()) {
                throw new StackException(
                        path + " has other files; name a new folder with CARTLOG_DATA");
            }
        }
    }
}
