package io.cartlog.projection.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.projection.Histories;
import io.cartlog.projection.view.Head;
import io.cartlog.projection.view.Skips;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountWriteTest {
    @Test
    void what_fits_goes_in_one_transaction() {
        Histories history = new Histories("17850").add("P-1", 1, "5", null).checkOut();

        AccountWrite write =
                AccountWrite.of(Head.none(history.account()), history.events(), Skips.NONE);

        assertThat(write.ahead()).isEmpty();
        assertThat(write.actions()).isEqualTo(4);
        assertThat(write.after().sweeping()).isFalse();
    }

    @Test
    void purchased_lines_that_do_not_fit_go_ahead_in_full_transactions() {
        Histories history = new Histories("17850");
        for (int i = 0; i < 1_114; i++) {
            history.purchase("573585", "P-" + i, 1, "5");
        }

        AccountWrite write =
                AccountWrite.of(Head.none(history.account()), history.events(), Skips.NONE);

        assertThat(write.ahead()).hasSize(1_100);
        assertThat(write.actions()).isEqualTo(2 + 14);
        assertThat(write.items()).isEqualTo(1_115);
        assertThat(write.after().version()).isEqualTo(1_114);
    }

    @Test
    void more_changes_than_fit_are_taken_in_turns() {
        Histories history = cart(150);

        AccountWrite write =
                AccountWrite.of(Head.none(history.account()), history.events(), Skips.NONE);

        assertThat(write.after().version()).isEqualTo(75);
        assertThat(write.actions()).isEqualTo(76);
    }

    @Test
    void only_a_cart_too_big_for_one_transaction_is_swept() {
        Histories fits = cart(98).checkOut();
        Histories large = cart(99).checkOut();

        AccountWrite atOnce = lastEvent(fits, 98);
        AccountWrite swept = lastEvent(large, 99);

        assertThat(atOnce.after().sweeping()).isFalse();
        assertThat(atOnce.deletes()).hasSize(98);
        assertThat(atOnce.actions()).isEqualTo(100);
        assertThat(swept.after().sweeping()).isTrue();
        assertThat(swept.deletes()).isEmpty();
        assertThat(swept.after().clearedVersion()).isEqualTo(100);
    }

    private static AccountWrite lastEvent(Histories history, long version) {
        Head head = new Head(history.account(), version, 0, false);
        return AccountWrite.of(
                head, history.events().subList((int) version, (int) version + 1), Skips.NONE);
    }

    @Test
    void accounts_share_transactions_and_none_is_too_big() {
        List<AccountWrite> writes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Histories history = new Histories("" + (10_000 + i));
            for (int line = 0; line <= i % 60; line++) {
                history.purchase("5", "P-" + line, 1, "5");
            }
            writes.add(AccountWrite.of(Head.none(history.account()), history.events(), Skips.NONE));
        }

        List<List<AccountWrite>> packed = AccountWrite.packed(writes);

        assertThat(packed.stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(writes);
        assertThat(packed)
                .allSatisfy(bin ->
                        assertThat(bin.stream().mapToInt(AccountWrite::actions).sum())
                                .isLessThanOrEqualTo(AccountWrite.ACTIONS));
        int actions = writes.stream().mapToInt(AccountWrite::actions).sum();
        assertThat(packed.size()).isLessThanOrEqualTo(actions / AccountWrite.ACTIONS + 1);
    }

    private static Histories cart(int lines) {
        Histories history = new Histories("17850");
        for (int i = 0; i < lines; i++) {
            history.add("P-" + i, 1, "5", null);
        }
        return history;
    }
}
