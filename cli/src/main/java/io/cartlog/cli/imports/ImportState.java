package io.cartlog.cli.imports;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cartlog.cli.load.BulkCounts;
import io.cartlog.cli.terminal.TextTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far the import of a file is. Kept beside the file as `state.json`, and at the end as
/// `report.json`; its fields are those of `--output json`.
///
/// @param form retail, behaviour or cart; absent before the file was looked at
/// @param position in the file's (unpacked) bytes: every line before it is answered
/// @param lines that stand before the position, the header being the first
/// @param parts that are done
/// @param counts of what became of these lines. A line that is sent again because an import was
///   killed counts as replayed
/// @param rejects objects with the lines that were not accepted: number, reason, text
/// @param seconds of work
/// @param failure why nothing of the file can be imported
@JsonInclude(JsonInclude.Include.NON_NULL)
record ImportState(
        String file,
        String etag,
        long size,
        Phase phase,
        @Nullable String form,
        long position,
        long lines,
        int parts,
        BulkCounts counts,
        List<String> rejects,
        @Nullable Instant started,
        @Nullable Instant updated,
        double seconds,
        @Nullable String failure) {

    enum Phase {
        WAITING,
        UNDER_WAY,
        DONE,
        REFUSED
    }

    /// Nothing is done yet.
    static ImportState waiting(ImportFile file) {
        return new ImportState(
                file.name(),
                file.object().etag(),
                file.object().size(),
                Phase.WAITING,
                null,
                0,
                0,
                0,
                BulkCounts.NONE,
                List.of(),
                null,
                null,
                0,
                null);
    }

    boolean isOver() {
        return phase == Phase.DONE || phase == Phase.REFUSED;
    }

    /// The header is read.
    ///
    /// @param length of the header's line
    ImportState begun(String formName, long length, Instant now) {
        return new ImportState(
                file,
                etag,
                size,
                Phase.UNDER_WAY,
                formName,
                length,
                1,
                0,
                counts,
                rejects,
                now,
                now,
                0,
                null);
    }

    /// One part more is answered.
    ///
    /// @param end its end in the file
    /// @param rejected the object with its lines that were not accepted, if there are any
    ImportState after(
            BulkCounts part, long end, @Nullable String rejected, double took, Instant now) {
        List<String> all = new ArrayList<>(rejects);
        if (rejected != null) {
            all.add(rejected);
        }
        return new ImportState(
                file,
                etag,
                size,
                phase,
                form,
                end,
                lines + part.rows(),
                parts + 1,
                counts.plus(part),
                List.copyOf(all),
                started,
                now,
                seconds + took,
                null);
    }

    ImportState done(Instant now) {
        return over(Phase.DONE, null, now);
    }

    ImportState refused(String reason, Instant now) {
        return over(Phase.REFUSED, reason, now);
    }

    private ImportState over(Phase how, @Nullable String reason, Instant now) {
        return new ImportState(
                file, etag, size, how, form, position, lines, parts, counts, rejects, started, now,
                seconds, reason);
    }

    /// In a word or two.
    String shortText() {
        return switch (phase) {
            case WAITING -> "waiting";
            case UNDER_WAY -> "under way, %,d lines".formatted(counts.rows());
            case DONE -> "done, %,d lines".formatted(counts.rows());
            case REFUSED -> "refused: " + failure;
        };
    }

    /// For a person.
    String text() {
        TextTable table =
                new TextTable("import of " + file, "")
                        .row("state", shortText())
                        .row("form", form == null ? "" : form)
                        .row("bytes", size)
                        .row("rows", counts.rows())
                        .row("commands accepted", counts.accepted())
                        .row("commands replayed (were there before)", counts.replayed())
                        .row("commands refused", total());
        counts.refused().forEach((rule, count) -> table.row("  " + rule, count));
        table.row("broken", counts.broken())
                .row("clicks accepted", counts.clicks())
                .row("purchases of what was not in the cart", counts.notInTheCart())
                .row("requests sent again", counts.retries())
                .row("parts", parts)
                .row("seconds", "%.1f".formatted(seconds));
        rejects.forEach(it -> table.row("not accepted", it));
        return table.toString();
    }

    private long total() {
        return counts.refused().values().stream().mapToLong(Long::longValue).sum();
    }
}
