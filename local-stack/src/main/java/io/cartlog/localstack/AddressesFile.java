package io.cartlog.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// `local-stack.json` in the data folder: there while the process with its `pid` is ready.
record AddressesFile(Path folder) {

    /// Appears whole, so that a reader never sees half of it.
    void write(Addresses at) {
        String json =
                """
                {
                  "pid": %d,
                  "kafka": "%s",
                  "dynamodb": "%s",
                  "s3": "%s",
                  "bucket": "%s",
                  "accessKey": "%s",
                  "secretKey": "%s",
                  "region": "%s",
                  "jdbcUrl": "%s",
                  "jdbcUser": "%s",
                  "jdbcPassword": "%s"
                }
                """
                        .formatted(
                                ProcessHandle.current().pid(),
                                at.kafka(),
                                at.dynamodb(),
                                at.s3(),
                                at.bucket(),
                                at.accessKey(),
                                at.secretKey(),
                                at.region(),
                                at.jdbcUrl(),
                                at.jdbcUser(),
                                at.jdbcPassword());
        try {
            Path writing = Files.writeString(folder.resolve("local-stack.json.writing"), json);
            Files.move(writing, path(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path path() {
        return folder.resolve("local-stack.json");
    }
}
