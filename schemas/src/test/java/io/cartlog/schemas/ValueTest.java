package io.cartlog.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.Sku;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTest {
    @ParameterizedTest
    @CsvSource({"199.99,199.99", "5,5.00", "5.10,5.10", "0.001,0.001", "1E+3,1000.00", "-0,0.00"})
    void money_is_written_with_two_decimals_or_what_it_needs(String text, String written) {
        assertThat(Money.of(text)).hasToString(written);
    }

    @Test
    void money_adds_up_exactly_as_in_the_notebook() { // S0-19
        Money total = Money.of("199.99").times(2).plus(Money.of("499.99")).plus(Money.of("699.99"));
        assertThat(total).hasToString("1599.96");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.00001", "123456789012345", "1,5", "", "NaN", "1e99"})
    void money_that_cannot_be_stored_exactly_is_refused(String text) {
        assertThatThrownBy(() -> Money.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a#b", "-a", "x\u0000", "äöü"})
    void an_account_of_another_shape_is_refused(String text) {
        assertThatThrownBy(() -> new AccountId(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_guest_account_is_named_after_its_invoice() {
        AccountId guest = AccountId.guest(new OrderId("536414"));
        assertThat(guest.value()).isEqualTo("guest-536414");
        assertThat(guest.isGuest()).isTrue();
        assertThat(new AccountId("17850").isGuest()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a#b", "a\nb", "12345678901234567890123456789012345678901"})
    void a_product_id_that_would_break_a_key_is_refused(String text) {
        assertThatThrownBy(() -> new Sku(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keys_carry_their_prefix_once() { // S0-11
        assertThat(new Sku("P-1001").key()).isEqualTo("P-1001");
        assertThat(new Sku("85123A").key()).isEqualTo("P-85123A");
        assertThat(new OrderId("536365").key()).isEqualTo("O-536365");
        assertThat(new OrderId("O-1").key()).isEqualTo("O-1");
    }

    @Test
    void an_account_has_up_to_40_letters_digits_and_signs() {
        String longest = "Az09._:@-".repeat(5).substring(0, 40);
        assertThat(new AccountId(longest)).hasToString(longest);
        assertThatThrownBy(() -> new AccountId(longest + "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", " ", "a\n", "\u007f", "ä"})
    void a_command_id_has_visible_ascii_only(String text) {
        assertThatThrownBy(() -> new CommandId(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_command_id_has_up_to_100_characters() {
        String longest = "!~".repeat(50);
        assertThat(new CommandId(longest)).hasToString(longest);
        assertThatThrownBy(() -> new CommandId(longest + "!"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
