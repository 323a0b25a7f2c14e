package io.cartlog.cli.imports;

import io.cartlog.cli.load.BulkCounts;
import io.cartlog.cli.load.FileForm;
import io.cartlog.cli.s3.Bucket;
import io.cartlog.cli.s3.StoredObject;
import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.terminal.Json;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What is kept of imports, in the bucket itself.
final class Results {
    private final Bucket bucket;

    Results(Bucket bucket) {
        this.bucket = bucket;
    }

    /// Every file of the inbox with how far it is, by name.
    List<ImportState> all() {
        Set<String> kept =
                bucket.list(ImportFile.RESULTS).stream()
                        .map(StoredObject::key)
                        .collect(Collectors.toSet());
        return files().stream()
                .map(file ->
                        kept.contains(file.report()) || kept.contains(file.state())
                                ? of(file)
                                : ImportState.waiting(file))
                .toList();
    }

    List<ImportFile> files() {
        return bucket.list(ImportFile.INBOX).stream()
                .filter(object -> !object.key().endsWith("/"))
                .map(ImportFile::new)
                .toList();
    }

    /// @throws CommandFailedException if there is no such file
    ImportFile file(String name) {
        return files().stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new CommandFailedException(
                                "there is no %s%s; ./cartlog import list shows what is there"
                                        .formatted(ImportFile.INBOX, name)));
    }

    ImportState of(ImportFile file) {
        return bucket.read(file.report())
                .or(() -> bucket.read(file.state()))
                .map(json -> Json.MAPPER.readValue(json, ImportState.class))
                .orElseGet(() -> ImportState.waiting(file));
    }

    /// Brings the memory to where the state is.
    void restore(ImportFile file, ImportState state, FileForm form) throws IOException {
        if (state.parts() == 0) {
            return;
        }
        byte[] memory =
                bucket.read(file.memory(state.parts()))
                        .orElseThrow(() ->
                                new CommandFailedException(
                                        file.memory(state.parts())
                                                + " is missing; delete the state beside it to begin"
                                                + " anew, which adds nothing twice"));
        form.restore(new DataInputStream(new ByteArrayInputStream(memory)));
    }

    /// Writes down that a part is done; the state last.
    ImportState partDone(
            ImportFile file,
            ImportState before,
            FileForm form,
            BulkCounts part,
            long end,
            Path rejects,
            double seconds)
            throws IOException {
        int number = before.parts() + 1;
        String rejected = null;
        if (part.broken() > 0 || !part.refused().isEmpty()) {
            rejected = file.rejects(number);
            bucket.write(rejected, rejects);
        }
        writeMemory(file.memory(number), form);
        ImportState after = before.after(part, end, rejected, seconds, Instant.now());
        bucket.write(file.state(), json(after));
        bucket.delete(file.memory(before.parts()));
        return after;
    }

    private void writeMemory(String key, FileForm form) throws IOException {
        Path memory = Files.createTempFile("memory", ".bin");
        try {
            try (DataOutputStream out =
                    new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(memory)))) {
                form.save(out);
            }
            bucket.write(key, memory);
        } finally {
            Files.delete(memory);
        }
    }

    /// Writes the report, which says that the file is done with.
    ImportState finished(ImportFile file, ImportState state) {
        bucket.write(file.report(), json(state));
        bucket.delete(file.state());
        bucket.delete(file.memory(state.parts()));
        return state;
    }

    private static byte[] json(ImportState state) {
        return Json.pretty(state).getBytes(StandardCharsets.UTF_8);
    }
}
