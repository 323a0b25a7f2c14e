package io.cartlog.projection.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.projection.TestStack;
import io.cartlog.projection.view.Parked;
import io.cartlog.projection.view.Place;
import io.cartlog.projection.view.Skip;
import io.cartlog.schemas.value.AccountId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Parked accounts and skipped records, on DynamoDB Local.
class ParkingTableIT {
    private static final String TABLE = "CartlogViews";
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");
    private static final AccountId ALICE = new AccountId("a:1");
    private static final Place PLACE = new Place(2, 17);
    private static final Parked PARKED = new Parked(3, ALICE, PLACE, NOW, "no schema id", null);

    private final String view = "View-" + UUID.randomUUID();
    private final Patience patience = new Patience(new SimpleMeterRegistry());
    private final ParkingTable register =
            new ParkingTable(TestStack.dynamoDb(), TABLE, view, patience);

    @BeforeEach
    void begin() throws InterruptedException {
        new ControlTable(TestStack.dynamoDb(), TABLE, view, patience).bootstrap();
        assertThat(register.parked()).isEmpty();
    }

    @Test
    void everything_is_read_back_as_it_was_written_and_accounts_are_parked_by_version()
            throws InterruptedException {
        Parked other = new Parked(4, ALICE, PLACE, NOW, "no schema id", null);
        register.park(PARKED);
        register.park(other);
        register.replace(other, other.resumingAt(99));

        assertThat(register.parked()).containsExactlyInAnyOrder(PARKED, other.resumingAt(99));
    }

    @Test
    void decisions_are_kept_in_the_order_of_their_places() throws InterruptedException {
        Skip late = new Skip(ALICE, new Place(2, 1_000), NOW, "r", 4, "me", NOW, "because");
        Skip early = new Skip(ALICE, new Place(2, 999), NOW, "r", 4, "me", NOW, "because");
        register.skip(late);
        register.skip(early);

        assertThat(register.skips()).containsExactly(early, late);
        assertThat(register.parked()).isEmpty();
    }

    @Test
    void of_two_who_change_a_parked_account_at_once_one_is_too_late() throws InterruptedException {
        Parked later = new Parked(3, ALICE, new Place(2, 21), NOW, "no schema id", null);
        register.park(PARKED);

        assertThat(register.replace(PARKED, PARKED.resumingAt(20))).isTrue();
        assertThat(register.replace(PARKED, PARKED.resumingAt(30))).isFalse();
        assertThat(register.release(PARKED)).isFalse();
        register.park(later);
        assertThat(register.release(PARKED.resumingAt(20))).isFalse();

        assertThat(register.parked()).containsExactly(later);
    }

    @Test
    void an_answer_that_was_lost_is_no_refusal() throws InterruptedException {
        register.park(PARKED);
        register.replace(PARKED, PARKED.resumingAt(20));

        assertThat(register.replace(PARKED, PARKED.resumingAt(20))).isTrue();
        assertThat(register.release(PARKED.resumingAt(20))).isTrue();
        assertThat(register.release(PARKED.resumingAt(20))).isTrue();

        assertThat(register.parked()).isEmpty();
    }
}
