package io.cartlog.cli.retail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OccurrencesTest {
    private static final Digest128 ROW = Digest128.of(List.of("row"));
    private static final Digest128 OTHER = Digest128.of(List.of("other"));

    @Test
    void equal_rows_of_a_group_are_counted() {
        Occurrences seen = new Occurrences(10);

        assertThat(seen.next("a", ROW)).isEqualTo(1);
        assertThat(seen.next("a", OTHER)).isEqualTo(1);
        assertThat(seen.next("a", ROW)).isEqualTo(2);
        assertThat(seen.next("b", ROW)).isEqualTo(1);
        assertThat(seen.repeats()).isEqualTo(1);
    }

    @Test
    void the_group_that_came_first_is_forgotten_first() {
        Occurrences seen = new Occurrences(2);
        seen.next("a", ROW);
        seen.next("b", ROW);

        seen.next("c", ROW);

        assertThat(seen.next("b", ROW)).isEqualTo(2);
        assertThat(seen.next("a", ROW)).isEqualTo(1);
    }

    @Test
    void a_memory_that_was_written_and_read_goes_on_like_the_first() throws IOException {
        Occurrences first = new Occurrences(2);
        first.next("a", ROW);
        first.next("b", ROW);
        first.next("b", ROW);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        first.write(new DataOutputStream(bytes));

        Occurrences second = new Occurrences(2);
        second.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

        assertThat(second.repeats()).isEqualTo(1);
        for (String group : List.of("b", "c", "a", "b")) {
            assertThat(second.next(group, ROW)).isEqualTo(first.next(group, ROW));
        }
    }
}
