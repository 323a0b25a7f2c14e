package io.cartlog.projection.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.projection.query.Visible.Found;
import io.cartlog.projection.view.CapacityMeter;
import io.cartlog.projection.view.Head;
import io.cartlog.projection.view.Holding;
import io.cartlog.projection.view.ItemLine;
import io.cartlog.projection.view.OrderItem;
import io.cartlog.projection.view.Period;
import io.cartlog.projection.view.ViewItem;
import io.cartlog.projection.view.Views;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ItemStatus;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.Sku;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VisibleTest {
    private static final AccountId ALICE = new AccountId("17850");
    private final OneCart table = new OneCart();

    @Test
    void a_cart_that_this_process_wrote_costs_one_look_at_its_head() {
        table.write(1);
        table.written = headAt(1);

        assertThat(cart()).isEqualTo(1);
        assertThat(table.looks).isEqualTo(1);
    }

    @Test
    void a_cart_that_it_did_not_write_costs_two() {
        table.write(1);

        assertThat(cart()).isEqualTo(1);
        assertThat(table.looks).isEqualTo(2);
    }

    @Test
    void a_cart_that_another_process_has_written_since_is_read_again() {
        table.write(2);
        table.written = headAt(1);

        assertThat(cart()).isEqualTo(2);
        assertThat(table.reads).isEqualTo(2);
    }

    @Test
    void a_cart_that_changes_while_it_is_read_is_read_again() {
        table.write(1);
        table.written = headAt(1);
        table.meanwhile = () -> table.write(2);

        assertThat(cart()).isEqualTo(2);
    }

    /// @return the version of the cart, which its only line has too
    private long cart() {
        Found<List<ItemLine>> cart = new Visible(table).cart(ALICE, new CapacityMeter());
        assertThat(cart.value())
                .singleElement()
                .extracting(ItemLine::quantity)
                .isEqualTo((int) cart.version());
        return cart.version();
    }

    private static Head headAt(long version) {
        return new Head(ALICE, version, 0, false);
    }

    /// With one line, whose quantity is the version that wrote it.
    private static final class OneCart implements Views {
        private Head head = headAt(0);
        private List<ViewItem> lines = List.of();
        private @Nullable Head written;
        private Runnable meanwhile = () -> {};
        private int looks;
        private int reads;

        void write(int version) {
            head = headAt(version);
            ItemLine line =
                    new ItemLine(
                            ALICE,
                            ItemStatus.ACTIVE,
                            new Sku("P-1"),
                            version,
                            null,
                            null,
                            Instant.EPOCH,
                            0);
            lines = List.of(new ViewItem(line, version, null));
        }

        @Override
        public @Nullable Head written(AccountId account) {
            return written;
        }

        @Override
        public Head head(AccountId account, CapacityMeter meter) {
            looks++;
            return head;
        }

        @Override
        public List<ViewItem> all(AccountId account, ItemStatus status, CapacityMeter meter) {
            reads++;
            List<ViewItem> found = lines;
            meanwhile.run();
            return found;
        }

        @Override
        public Map<AccountId, Head> heads(Set<AccountId> accounts, CapacityMeter meter) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Slice<ItemLine> newest(
                AccountId account,
                ItemStatus status,
                @Nullable String before,
                int limit,
                CapacityMeter meter) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Slice<ViewItem> newestItems(
                AccountId account,
                ItemStatus status,
                @Nullable String before,
                int limit,
                CapacityMeter meter) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Slice<OrderItem> orders(
                AccountId account, @Nullable String before, int limit, CapacityMeter meter) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<ViewItem> orderLines(AccountId account, OrderId order, CapacityMeter meter) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<AccountId> buyers(OrderId order, CapacityMeter meter) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Slice<Holding> holdings(
                Sku sku,
                ItemStatus status,
                Period period,
                @Nullable String before,
                int limit,
                CapacityMeter meter) {
            throw new UnsupportedOperationException();
        }
    }
}
