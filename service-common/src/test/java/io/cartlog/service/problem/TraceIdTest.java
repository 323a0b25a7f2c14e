package io.cartlog.service.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class TraceIdTest {
    private final MockHttpServletRequest request = new MockHttpServletRequest();

    @Test
    void the_callers_trace_goes_on() {
        request.addHeader("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

        assertThat(TraceId.of(request)).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "</script>"
            })
    void what_is_no_trace_is_replaced_by_one_that_stays(String header) {
        request.addHeader("traceparent", header);

        String id = TraceId.of(request);

        assertThat(id).matches("[0-9a-f]{32}").doesNotContain("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(TraceId.of(request)).isEqualTo(id);
    }
}
