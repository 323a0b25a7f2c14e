package io.cartlog.cli.demo;

import io.cartlog.cli.terminal.CommandFailedException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// Deletes a data folder, and nothing that is none.
final class DataFolderDeletion {
    private DataFolderDeletion() {}

    /// @throws CommandFailedException if the folder holds something else, or cannot be deleted
    static void delete(Path data) {
        if (!Files.exists(data)) {
            return;
        }
        try {
            Files.walkFileTree(data, new DeleteEach());
        } catch (IOException e) {
            throw new CommandFailedException(data + " cannot be deleted: " + e.getMessage(), e);
        }
    }

    private static final class DeleteEach extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException trouble)
                throws IOException {
            if (trouble != null) {
                throw trouble;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
