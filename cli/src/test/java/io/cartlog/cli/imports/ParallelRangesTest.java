package io.cartlog.cli.imports;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.cli.behaviour.ByteLines;
import io.cartlog.cli.terminal.CommandFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelRangesTest {
    private static final String TEXT =
            IntStream.range(0, 200)
                    .mapToObj(i -> "line " + i + "x".repeat(i % 7) + "\n")
                    .collect(Collectors.joining());

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 13, 64, 5_000})
    void lines_are_whole_wherever_a_range_ends(int range) throws IOException {
        try (ParallelRanges ranges = ranges(0, range)) {
            assertThat(lines(ranges)).isEqualTo(TEXT.lines().toList());
            assertThat(ranges.delivered()).isEqualTo(TEXT.length());
        }
    }

    @Test
    void reading_begins_in_the_middle() throws IOException {
        long position = TEXT.indexOf("line 150");

        try (ParallelRanges ranges = ranges(position, 10)) {
            assertThat(lines(ranges)).isEqualTo(TEXT.lines().skip(150).toList());
        }
    }

    @Test
    void no_more_ranges_are_asked_for_than_may_wait() throws IOException {
        List<Long> asked = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch three = new CountDownLatch(3);
        try (ParallelRanges ranges =
                new ParallelRanges(
                        (from, length) -> {
                            asked.add(from);
                            three.countDown();
                            return part(from, length);
                        },
                        0,
                        TEXT.length(),
                        10,
                        2)) {
            assertThat(ranges.read()).isEqualTo('l');
            assertThat(three.await(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
            assertThat(asked).containsExactlyInAnyOrder(0L, 10L, 20L);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_bucket_that_is_away_is_not_the_end_of_the_file() {
        try (ParallelRanges ranges =
                new ParallelRanges(
                        (from, length) -> {
                            if (from >= 100) {
                                throw new CommandFailedException("away");
                            }
                            return part(from, length);
                        },
                        0,
                        TEXT.length(),
                        50,
                        2)) {
            assertThatThrownBy(() -> lines(ranges))
                    .isInstanceOf(CommandFailedException.class)
                    .hasMessage("away");
        }
    }

    private static ParallelRanges ranges(long from, int range) {
        return new ParallelRanges(ParallelRangesTest::part, from, TEXT.length(), range, 3);
    }

    private static byte[] part(long from, int length) {
        byte[] all = TEXT.getBytes(US_ASCII);
        return Arrays.copyOfRange(all, (int) from, (int) from + length);
    }

    private static List<String> lines(ParallelRanges ranges) throws IOException {
        List<String> found = new ArrayList<>();
        try (ByteLines lines = new ByteLines(ranges)) {
            for (ByteLines.Line line = lines.next(); line != null; line = lines.next()) {
                found.add(new String(line.bytes(), US_ASCII));
            }
        }
        return found;
    }
}
