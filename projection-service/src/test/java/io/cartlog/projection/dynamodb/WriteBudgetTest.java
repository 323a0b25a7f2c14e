package io.cartlog.projection.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WriteBudgetTest {
    @Test
    void so_many_writes_take_at_least_so_long() throws InterruptedException {
        WriteBudget budget = new WriteBudget(1_000);
        long start = System.nanoTime();
        for (int i = 0; i < 6; i++) {
            budget.spend(100);
        }

        // The first costs no time, and a tenth of a second is in hand.
        assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(390));
    }

    @Test
    void without_a_budget_nobody_waits() throws InterruptedException {
        WriteBudget budget = new WriteBudget(0);
        long start = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            budget.spend(1_000_000);
        }

        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
    }
}
