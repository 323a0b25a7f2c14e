package io.cartlog.projection.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {
    @Test
    void a_sample_has_about_so_many_accounts() {
        Scope scope = new Scope(null, 5);

        long in = IntStream.range(0, 100_000).filter(i -> scope.has("account-" + i)).count();

        assertThat(in).isBetween(4_500L, 5_500L);
    }

    @Test
    void one_account_is_that_one_only() {
        Scope scope = new Scope("17850", 100);

        assertThat(scope.has("17850")).isTrue();
        assertThat(scope.has("17851")).isFalse();
        assertThat(Scope.WHOLE.has("17851")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 100.1, Double.NaN})
    void a_sample_of_nothing_or_of_more_than_all_is_none(double percent) {
        assertThatThrownBy(() -> new Scope(null, percent))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
