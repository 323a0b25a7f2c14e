package io.cartlog.cli.imports;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.cartlog.cli.terminal.CommandFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;

/// Keeps a second run away while one is at work, as when a schedule is faster than an import. It
/// ends with its process, however that ends.
final class RunLock implements AutoCloseable {
    private final FileChannel file;

    private RunLock(FileChannel file) {
        this.file = file;
    }

    /// @param folder of the stack's data
    /// @throws CommandFailedException if a run is at work
    static RunLock of(Path folder) {
        Path path = folder.resolve("import.lock");
        try {
            FileChannel file = FileChannel.open(path, CREATE, WRITE);
            FileLock lock = file.tryLock();
            if (lock == null) {
                file.close();
                throw new CommandFailedException("an import is running already");
            }
            return new RunLock(file);
        } catch (IOException e) {
            throw new CommandFailedException(
                    "%s cannot be written; is the stack up (./cartlog up)?".formatted(path), e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
