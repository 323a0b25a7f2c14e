package io.cartlog.projection.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.projection.Histories;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.value.CartLine;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CartAsOfTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void the_cart_after_each_event_is_the_one_that_the_writer_had(long seed) {
        Histories history = new Histories("a");
        Random random = new Random(seed);
        CartAsOf cart = new CartAsOf(history.account());
        int folded = 0;
        for (int i = 0; i < 200; i++) {
            history.anything(random);
            List<RecordedEvent> events = history.events();
            events.subList(folded, events.size()).forEach(cart::add);
            folded = events.size();

            assertThat(cart.version()).isEqualTo(folded);
            assertThat(cart.lines().stream().map(CartAsOfTest::text))
                    .containsExactlyElementsOf(
                            history.active().values().stream()
                                    .sorted(
                                            Comparator.comparing(CartLine::since)
                                                    .thenComparingLong(CartLine::seq)
                                                    .reversed())
                                    .map(CartAsOfTest::text)
                                    .toList());
        }
    }

    private static String text(ItemLine line) {
        return line.sku() + " " + line.quantity() + " " + line.unitPrice() + " " + line.since();
    }

    private static String text(CartLine line) {
        return line.sku() + " " + line.quantity() + " " + line.unitPrice() + " " + line.since();
    }
}
