package io.cartlog.cli.load;

import io.cartlog.cli.behaviour.ByteLines;
import io.cartlog.cli.cart.CartColumns;
import io.cartlog.cli.retail.FileLine;
import io.cartlog.cli.retail.RetailFile;
import io.cartlog.cli.retail.RowKeys;
import io.cartlog.cli.retail.RuleCounts;
import io.cartlog.cli.retail.RuleCounts.Rules;
import io.cartlog.cli.shop.Play;
import io.cartlog.cli.shop.Step;
import io.cartlog.cli.shop.Visits;
import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.terminal.Gauge;
import io.cartlog.cli.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Loads a source to its end and says what became of it.
public final class Loading {
    private final URI server;
    private final Supplier<String> tokens;
    private final LoadOptions options;
    private final Terminal terminal;

    /// @param server the public address
    /// @param tokens of an operator
    public Loading(String server, Supplier<String> tokens, LoadOptions options, Terminal terminal) {
        this.server = URI.create(server);
        this.tokens = tokens;
        this.options = options;
        this.terminal = terminal;
    }

    /// @param limit how many lines of the file at most
    /// @throws CommandFailedException if the file cannot be read or the service does not take it
    public LoadReport retail(Path path, Charset charset, long limit) {
        try {
            long total = Math.min(limit, RetailFile.count(path, charset));
            RowKeys keys = new RowKeys();
            RuleCounts rules = new RuleCounts();
            try (RetailFile file = RetailFile.open(path, charset)) {
                Source source = (loader, tally) -> feed(file, total, keys, rules, loader, tally);
                return load(
                        path.toString(), "rows", total, source, () -> rules.rules(keys.repeats()));
            }
        } catch (NoSuchFileException e) {
            throw new CommandFailedException("there is no file " + path, e);
        } catch (IOException e) {
            throw new CommandFailedException(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static void feed(
            RetailFile file,
            long total,
            RowKeys keys,
            RuleCounts rules,
            BatchLoader loader,
            Tally tally)
            throws IOException {
        for (long i = 0; i < total; i++) {
            FileLine line = file.next();
            if (line == null) {
                return;
            }
            tally.lineRead();
            switch (line) {
                case FileLine.Row row -> {
                    rules.count(row.row());
                    loader.add(LineWriter.line(row, keys.next(row.row())));
                }
                case FileLine.Broken broken ->
                        tally.broken(broken.number(), broken.text(), broken.reason());
            }
        }
    }

    /// @param limit how many lines of the file at most
    /// @throws CommandFailedException if the file cannot be read, or does not name the columns of a
    ///   cart table
    public LoadReport cart(Path path, long limit) {
        try (ByteLines lines = new ByteLines(unpacked(path))) {
            FileForm form = cartForm(path, lines.next());
            long total = Math.min(limit, RetailFile.count(path, StandardCharsets.ISO_8859_1));
            return load(
                    path.toString(),
                    "rows",
                    total,
                    (loader, tally) -> feed(form, lines, total, loader, tally),
                    () -> null);
        } catch (NoSuchFileException e) {
            throw new CommandFailedException("there is no file " + path, e);
        } catch (IOException e) {
            throw new CommandFailedException(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static InputStream unpacked(Path path) throws IOException {
        InputStream bytes = Files.newInputStream(path);
        return path.toString().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes;
    }

    private static FileForm cartForm(Path path, ByteLines.@Nullable Line header) {
        try {
            byte[] first = header == null ? new byte[0] : header.bytes();
            return new FileForm.Cart(CartColumns.of(new String(first, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(path + ": " + e.getMessage(), e);
        }
    }

    private static void feed(
            FileForm form, ByteLines lines, long limit, BatchLoader loader, Tally tally) {
        for (long number = 2; number - 2 < limit; number++) {
            ByteLines.Line line = lines.next();
            if (line == null) {
                return;
            }
            tally.lineRead();
            switch (form.read(number, line)) {
                case FileForm.Content.Row row -> row.commands().forEach(loader::add);
                case FileForm.Content.Broken broken ->
                        tally.broken(number, broken.text(), broken.reason());
            }
        }
    }

    /// @param commands how many the play has
    /// @throws CommandFailedException if the service does not take them
    public LoadReport generated(Play play, long commands) {
        return generated(
                commands,
                (loader, tally) -> play.forEachRemaining(step -> add(step, loader, tally)));
    }

    /// The same, and what the shoppers click around their commands.
    ///
    /// @throws CommandFailedException if the service does not take them
    public LoadReport visited(Play play, long commands) {
        return generated(commands, (loader, tally) -> feed(play, loader, tally));
    }

    private LoadReport generated(long commands, Source source) {
        try {
            return load("generated shoppers", "commands", commands, source, () -> null);
        } catch (IOException e) {
            throw new CommandFailedException("the rejects could not be written", e);
        }
    }

    /// Commands by one way, what was clicked around them by another.
    private void feed(Play play, BatchLoader loader, Tally tally) {
        Pace pace = options.pace();
        Visits visits = new Visits();
        try (BatchLoader clicks =
                loader.beside(client("/v1/clicks/batch", pace), pace, tally.clicks(), () -> {})) {
            play.forEachRemaining(step -> {
                add(step, loader, tally);
                Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
                visits.clicks(step, now)
                        .forEach(it -> clicks.add(BehaviourLines.click(step.number(), it)));
            });
            clicks.finish();
        }
    }

    private static void add(Step step, BatchLoader loader, Tally tally) {
        tally.lineRead();
        loader.add(LineWriter.line(step));
    }

    private BatchClient client(String path, Pace pace) {
        return new BatchClient(server, path, tokens, pace);
    }

    private LoadReport load(
            String name, String unit, long total, Source source, Supplier<@Nullable Rules> rules)
            throws IOException {
        Pace pace = options.pace();
        Instant start = Instant.now();
        long startNanos = System.nanoTime();
        try (Rejects rejects = new Rejects(options.rejects);
                Gauge gauge = terminal.gauge("load", unit, total)) {
            Tally tally = new Tally(start, rejects);
            BatchClient client = client("/v1/events/batch", pace);
            try (BatchLoader loader =
                    new BatchLoader(client, pace, tally, () -> gauge.at(tally.answered()))) {
                source.feed(loader, tally);
                loader.finish();
            }
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            return LoadReport.of(name, tally.counts(), rules.get(), tally.clicksOrNull(), seconds);
        }
    }

    @FunctionalInterface
    private interface Source {
        void feed(BatchLoader loader, Tally tally) throws IOException;
    }
}
