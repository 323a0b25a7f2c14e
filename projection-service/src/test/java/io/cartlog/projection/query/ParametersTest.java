package io.cartlog.projection.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.schemas.value.Sku;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class ParametersTest {
    private static void refused(ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.code()).isEqualTo(ProblemCode.INVALID_PARAMETER));
    }

    @Test
    void limits_and_flags_are_written_as_in_json() {
        assertThat(Parameters.limit("1")).isEqualTo(1);
        assertThat(Parameters.limit("100")).isEqualTo(100);
        assertThat(Parameters.flag("consumed", "true")).isTrue();
        assertThat(Parameters.flag("consumed", "false")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0", "101", "-1", "0x10", "#10", "+5", " 5", "1e1", "1.0", "\u0665", "abc", ""
            })
    void what_is_no_limit_is_refused(String text) {
        refused(() -> Parameters.limit(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "on", "1", "TRUE", " true", "no", "maybe"})
    void what_is_no_flag_is_refused(String text) {
        refused(() -> Parameters.flag("consumed", text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "abc", "\"7"})
    void what_is_no_entity_tag_is_refused(String text) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.IF_NONE_MATCH, text);
        refused(() -> Parameters.ifNoneMatch(headers));
    }

    @Test
    void bytes_that_were_no_utf_8_are_no_id() {
        refused(() -> Parameters.value("productId", "P\ufffd", Sku::new));
    }
}
