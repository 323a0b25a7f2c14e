package io.cartlog.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;

class AuthorizationHeaderTest {
    @Test
    void the_token_is_what_follows_the_scheme() {
        assertThat(token("Bearer aZ0-._~+/==")).isEqualTo("aZ0-._~+/==");
        assertThat(token("bearer  a.b.c ")).isEqualTo("a.b.c");
    }

    @Test
    void without_a_header_or_with_another_scheme_there_is_none() {
        assertThat(token()).isNull();
        assertThat(token("Basic dTpw")).isNull();
        assertThat(token("Bearer")).isNull();
        assertThat(token("Bearera.b")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer ", "Bearer =", "Bearer a b", "Bearer a=b", "Bearer a,b", "Bearer ä"})
    void what_is_no_token_is_refused(String header) {
        assertThatThrownBy(() -> token(header)).isInstanceOf(OAuth2AuthenticationException.class);
    }

    @Test
    void two_headers_are_refused() {
        assertThatThrownBy(() -> token("Bearer a", "Bearer b"))
                .isInstanceOf(OAuth2AuthenticationException.class);
    }

    private static @Nullable String token(String... headers) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        for (String header : headers) {
            request.addHeader("Authorization", header);
        }
        return new AuthorizationHeader().resolve(request);
    }
}
