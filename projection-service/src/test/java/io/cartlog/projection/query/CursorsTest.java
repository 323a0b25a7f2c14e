package io.cartlog.projection.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.projection.query.Cursors.Cursor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorsTest {
    private static final Cursor CURSOR = new Cursor(1, 7, "2026-01-02T03:04:05.678000001Z");
    private final Cursors cursors = new Cursors("a-key-for-this-test", "Views-1");

    @Test
    void a_cursor_is_read_back_by_any_instance_with_the_same_key() {
        String text = cursors.write("items 17850 ACTIVE", CURSOR);

        assertThat(new Cursors("a-key-for-this-test", "Views-1").read("items 17850 ACTIVE", text))
                .isEqualTo(CURSOR);
    }

    @Test
    void a_cursor_fits_no_other_list_no_other_key_and_no_other_view() {
        String text = cursors.write("items 17850 ACTIVE", CURSOR);

        assertThatThrownBy(() -> cursors.read("items 17851 ACTIVE", text))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() ->
                        new Cursors("another-key-of-mine", "Views-1")
                                .read("items 17850 ACTIVE", text))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() ->
                        new Cursors("a-key-for-this-test", "Views-2")
                                .read("items 17850 ACTIVE", text))
                .isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "%%%", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void what_is_no_cursor_is_refused(String text) {
        assertThatThrownBy(() -> cursors.read("items 17850 ACTIVE", text))
                .isInstanceOf(ProblemException.class);
    }
}
