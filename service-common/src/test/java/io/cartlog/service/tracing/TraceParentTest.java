package io.cartlog.service.tracing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    @ParameterizedTest
    @CsvSource({"00,true", "01,false", "02,true", "03,false", "ff,false", "fe,true"})
    void the_last_bit_of_the_flags_says_whether_a_trace_is_sampled(
            String flags, boolean unsampled) {
        assertThat(TraceParent.parse("00-" + TRACE + "-" + SPAN + "-" + flags))
                .isEqualTo(new TraceParent(TRACE, SPAN, !unsampled));
    }

    @Test
    void what_a_later_version_adds_is_left_out() {
        assertThat(TraceParent.parse("cc-" + TRACE + "-" + SPAN + "-01-what-will-be"))
                .isEqualTo(new TraceParent(TRACE, SPAN, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-zz",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                " 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
            })
    void what_is_no_place_in_a_trace_is_none(String text) {
        assertThat(TraceParent.parse(text)).isNull();
        assertThat(TraceParent.parse(text.getBytes(UTF_8))).isNull();
    }

    @Test
    void an_absent_header_and_a_huge_one_are_none() {
        assertThat(TraceParent.parse((String) null)).isNull();
        assertThat(TraceParent.parse((byte[]) null)).isNull();
        assertThat(TraceParent.parse(new byte[1 << 20])).isNull();
        assertThat(TraceParent.parse("cc-" + TRACE + "-" + SPAN + "-01-" + "x".repeat(1_000)))
                .isNull();
    }

    @Test
    void what_is_written_is_read_again() {
        TraceParent place = new TraceParent(TRACE, SPAN, true);

        assertThat(place).hasToString("00-" + TRACE + "-" + SPAN + "-01");
        assertThat(TraceParent.parse(place.toBytes())).isEqualTo(place);
    }
}
