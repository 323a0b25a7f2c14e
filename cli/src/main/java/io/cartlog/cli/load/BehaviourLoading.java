package io.cartlog.cli.load;

import io.cartlog.cli.behaviour.BehaviourFile;
import io.cartlog.cli.behaviour.BehaviourLine;
import io.cartlog.cli.behaviour.ClickIds;
import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.terminal.Gauge;
import io.cartlog.cli.terminal.Terminal;
import io.cartlog.schemas.value.ClickId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Supplier;

/// Loads a behaviour file to its end: its clicks by one way, its commands by another, side by side.
/// The file is read once, as fast as the services take it.
public final class BehaviourLoading {
    private static final int KILOBYTE = 1 << 10;

    private final URI server;
    private final Supplier<String> tokens;
    private final LoadOptions options;
    private final Terminal terminal;

    /// @param server the public address
    /// @param tokens of an operator
    public BehaviourLoading(
            String server, Supplier<String> tokens, LoadOptions options, Terminal terminal) {
        this.server = URI.create(server);
        this.tokens = tokens;
        this.options = options;
        this.terminal = terminal;
    }

    /// @param limit how many lines of the file at most
    /// @throws CommandFailedException if the file cannot be read or the service does not take it
    public BehaviourReport load(Path path, long limit) {
        try (BehaviourFile file = BehaviourFile.open(path);
                Rejects rejects = new Rejects(options.rejects);
                Gauge gauge = terminal.gauge("load", "kB", Files.size(path) / KILOBYTE)) {
            return load(path, file, limit, rejects, gauge);
        } catch (NoSuchFileException e) {
            throw new CommandFailedException("there is no file " + path, e);
        } catch (IOException e) {
            throw new CommandFailedException(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private BehaviourReport load(
            Path path, BehaviourFile file, long limit, Rejects rejects, Gauge gauge) {
        long start = System.nanoTime();
        BehaviourTally tally = new BehaviourTally(Instant.now(), rejects);
        ClickIds ids = new ClickIds();
        Runnable onProgress = () -> gauge.at(file.bytesRead() / KILOBYTE);
        Pace pace = options.pace();
        try (BatchLoader clicks =
                        new BatchLoader(
                                client("/v1/clicks/batch", pace),
                                pace,
                                tally.clicks(),
                                onProgress);
                BatchLoader commands =
                        clicks.beside(
                                client("/v1/events/batch", pace),
                                pace,
                                tally.commands(),
                                onProgress)) {
            feed(file, limit, ids, tally, clicks, commands);
            clicks.finish();
            commands.finish();
        }
        return tally.report(path.toString(), ids.repeats(), (System.nanoTime() - start) / 1e9);
    }

    private BatchClient client(String path, Pace pace) {
        return new BatchClient(server, path, tokens, pace);
    }

    private static void feed(
            BehaviourFile file,
            long limit,
            ClickIds ids,
            BehaviourTally tally,
            BatchLoader clicks,
            BatchLoader commands) {
        for (long i = 0; i < limit; i++) {
            BehaviourLine line = file.next();
            if (line == null) {
                return;
            }
            switch (line) {
                case BehaviourLine.Row row -> {
                    tally.row(row.row().action());
                    ClickId id = ids.next(row);
                    clicks.add(BehaviourLines.click(row, id));
                    BehaviourLines.commands(row, id).forEach(commands::add);
                }
                case BehaviourLine.Broken broken ->
                        tally.brokenRow(broken.number(), broken.text(), broken.reason());
            }
        }
    }
}
