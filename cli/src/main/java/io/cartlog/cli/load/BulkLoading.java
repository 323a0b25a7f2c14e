package io.cartlog.cli.load;

import io.cartlog.cli.behaviour.ByteLines;
import io.cartlog.cli.terminal.CommandFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Loads lines of any form part by part. A part is done when all of it is answered; its memory is
/// what the lanes hold.
public final class BulkLoading {
    private final URI server;
    private final Supplier<String> tokens;
    private final Pace pace;

    /// @param server the public address
    /// @param tokens of an operator
    public BulkLoading(String server, Supplier<String> tokens, Pace pace) {
        this.server = URI.create(server);
        this.tokens = tokens;
        this.pace = pace;
    }

    /// Sends the next lines, and returns when every one of them is answered.
    ///
    /// @param lines of the file, after the first `before` of them
    /// @param until where the part ends, in [ByteLines#position]; a line that begins before is of
    ///   it
    /// @param rejects the file for what is not accepted; absent if nobody wants it
    /// @param onProgress is told the position after each line
    /// @throws CommandFailedException if the service does not take them
    public BulkCounts load(
            FileForm form,
            ByteLines lines,
            long before,
            long until,
            @Nullable Path rejects,
            LongConsumer onProgress) {
        try (Rejects rejected = new Rejects(rejects)) {
            Tally tally = new Tally(Instant.now(), rejected);
            try (BatchLoader commands = loader("/v1/events/batch", tally);
                    BatchLoader clicks =
                            commands.beside(
                                    client("/v1/clicks/batch"), pace, tally.clicks(), () -> {})) {
                long number = before;
                while (lines.position() < until) {
                    ByteLines.Line line = lines.next();
                    if (line == null) {
                        break;
                    }
                    number++;
                    tally.lineRead();
                    add(form.read(number, line), number, tally, clicks, commands);
                    onProgress.accept(lines.position());
                }
                clicks.finish();
                commands.finish();
            }
            return tally.bulk();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(
            FileForm.Content content,
            long number,
            Tally tally,
            BatchLoader clicks,
            BatchLoader commands) {
        switch (content) {
            case FileForm.Content.Row row -> {
                row.clicks().forEach(clicks::add);
                row.commands().forEach(commands::add);
            }
            case FileForm.Content.Broken broken ->
                    tally.broken(number, broken.text(), broken.reason());
        }
    }

    private BatchLoader loader(String path, Tally tally) {
        return new BatchLoader(client(path), pace, tally, () -> {});
    }

    private BatchClient client(String path) {
        return new BatchClient(server, path, tokens, pace);
    }
}
