package io.cartlog.projection.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ConsistencyToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;

class WishTest {
    private static final AccountId ALICE = new AccountId("17850");

    private static HttpHeaders headers(String name, String... values) {
        HttpHeaders headers = new HttpHeaders();
        for (String value : values) {
            headers.add(name, value);
        }
        return headers;
    }

    private static String token(String account, long version) {
        return new ConsistencyToken(new AccountId(account), version).toString();
    }

    @Test
    void the_furthest_of_several_tokens_counts() {
        HttpHeaders headers =
                headers(ConsistencyToken.HEADER, token("17850", 7), token("17850", 5));

        assertThat(Wish.of(ALICE, headers)).isEqualTo(new Wish(7, false));
        assertThat(Wish.of(ALICE, new HttpHeaders())).isEqualTo(new Wish(0, false));
    }

    @Test
    void a_token_of_another_account_or_none_at_all_is_refused() {
        for (String text : new String[] {token("17851", 7), "", "x", "%%%", "MTc4NTA"}) {
            assertThatThrownBy(() -> Wish.of(ALICE, headers(ConsistencyToken.HEADER, text)))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e ->
                                    assertThat(e.code())
                                            .isEqualTo(ProblemCode.CONSISTENCY_TOKEN_INVALID));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "handling=lenient                  | true",
                "respond-async, Handling=\"Lenient\" | true",
                "handling = lenient; why=speed     | true",
                "handling=strict                   | false",
                "lenient                           | false",
            })
    void the_preference_is_read_as_rfc_7240_has_it(String text, boolean lenient) {
        assertThat(Wish.of(ALICE, headers("Prefer", text)).lenient()).isEqualTo(lenient);
    }
}
