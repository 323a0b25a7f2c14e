package io.cartlog.cli.imports;

import io.cartlog.cli.behaviour.ByteLines;
import io.cartlog.cli.imports.ImportState.Phase;
import io.cartlog.cli.load.BulkCounts;
import io.cartlog.cli.load.BulkLoading;
import io.cartlog.cli.load.FileForm;
import io.cartlog.cli.s3.Bucket;
import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.terminal.Gauge;
import io.cartlog.cli.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.GZIPInputStream;

/// Imports one file, from where it stands to its end.
///
/// The file is loaded part by part. When all lines of a part are answered, what was not accepted is
/// written, then what the keys of later lines depend on, and at last the state, which says that the
/// part is done. Whoever is killed in between does the part again, and its keys make that harmless.
final class Importer {
    private static final long KILOBYTE = 1 << 10;

    private final Bucket bucket;
    private final Results results;
    private final BulkLoading loading;
    private final Sizes sizes;
    private final Charset charset;
    private final Terminal terminal;

    /// @param charset of retail files
    Importer(Bucket bucket, BulkLoading loading, Sizes sizes, Charset charset, Terminal terminal) {
        this.bucket = bucket;
        this.results = new Results(bucket);
        this.loading = loading;
        this.sizes = sizes;
        this.charset = charset;
        this.terminal = terminal;
    }

    /// How a file is divided.
    ///
    /// @param range bytes that are fetched in one request
    /// @param ranges that are fetched at once
    /// @param part bytes after which the position is written down
    record Sizes(int range, int ranges, long part) {}

    /// @return how it went, which is in the bucket too
    /// @throws CommandFailedException if the bucket or the service is away for long, or the file
    ///   was replaced; the import goes on from its last part the next time
    ImportState run(ImportFile file) {
        ImportState known = results.of(file);
        if (known.isOver()) {
            return known;
        }
        Header header = header(file);
        FileForm form;
        try {
            form = FileForm.of(header.text(), charset);
        } catch (IllegalArgumentException e) {
            return results.finished(
                    file, known.refused(String.valueOf(e.getMessage()), Instant.now()));
        }
        ImportState from =
                known.phase() == Phase.WAITING
                        ? known.begun(form.name(), header.length(), Instant.now())
                        : known;
        return load(file, form, from);
    }

    /// The first line.
    ///
    /// @param length in bytes, with its end
    private record Header(String text, long length) {}

    private Header header(ImportFile file) {
        try (Source source = open(file, 0, 1)) {
            ByteLines lines = new ByteLines(source.unpacked());
            ByteLines.Line first = lines.next();
            return first == null
                    ? new Header("", 0)
                    : new Header(
                            new String(first.bytes(), StandardCharsets.UTF_8), lines.position());
        } catch (IOException e) {
            return new Header(String.valueOf(e.getMessage()), 0);
        }
    }

    private ImportState load(ImportFile file, FileForm form, ImportState from) {
        try (Source source = open(file, from.position(), sizes.ranges());
                Gauge gauge =
                        terminal.gauge(
                                "import " + file.name(), "kB", file.object().size() / KILOBYTE)) {
            results.restore(file, from, form);
            ByteLines lines = new ByteLines(source.unpacked());
            ImportState state = from;
            while (true) {
                long start = System.nanoTime();
                Path rejects = Files.createTempFile("rejects", ".csv");
                try {
                    BulkCounts part =
                            loading.load(
                                    form,
                                    lines,
                                    state.lines(),
                                    lines.position() + sizes.part(),
                                    rejects,
                                    _ -> gauge.at(source.delivered() / KILOBYTE));
                    if (part.rows() == 0) {
                        return results.finished(file, state.done(Instant.now()));
                    }
                    double seconds = (System.nanoTime() - start) / 1e9;
                    long end = from.position() + lines.position();
                    state = results.partDone(file, state, form, part, end, rejects, seconds);
                } finally {
                    Files.delete(rejects);
                }
            }
        } catch (IOException e) {
            throw new CommandFailedException(
                    file.name() + " cannot be imported: " + e.getMessage(), e);
        }
    }

    /// The file's bytes, unpacked if they are packed.
    private record Source(ParallelRanges ranges, InputStream unpacked) implements AutoCloseable {
        long delivered() {
            return ranges.delivered();
        }

        @Override
        public void close() throws IOException {
            unpacked.close();
            ranges.close();
        }
    }

    /// A packed file is unpacked from its beginning, whatever the position: it cannot be entered in
    /// the middle.
    private Source open(ImportFile file, long position, int atOnce) throws IOException {
        boolean packed = isPacked(file);
        ParallelRanges ranges =
                new ParallelRanges(
                        (from, length) -> bucket.read(file.object(), from, length),
                        packed ? 0 : position,
                        file.object().size(),
                        sizes.range(),
                        atOnce);
        if (!packed) {
            return new Source(ranges, ranges);
        }
        try {
            InputStream unpacked = new GZIPInputStream(ranges, 1 << 16);
            unpacked.skipNBytes(position);
            return new Source(ranges, unpacked);
        } catch (IOException e) {
            ranges.close();
            throw e;
        }
    }

    private boolean isPacked(ImportFile file) {
        if (file.object().size() < 2) {
            return false;
        }
        byte[] magic = bucket.read(file.object(), 0, 2);
        return ((magic[0] & 0xff) | ((magic[1] & 0xff) << 8)) == GZIPInputStream.GZIP_MAGIC;
    }
}
