package io.cartlog.projection.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.projection.Histories;
import io.cartlog.schemas.value.Sku;
import org.junit.jupiter.api.Test;

class LineStoryTest {
    private static LineStory story(Histories history, String product) {
        LineStory story = new LineStory(history.account(), new Sku(product));
        history.events().forEach(story::add);
        return story;
    }

    @Test
    void a_line_is_explained_by_the_events_that_touched_it() {
        Histories history =
                new Histories("a")
                        .add("P-1", 2, "1.00", null)
                        .add("P-2", 1, "1.00", null)
                        .add("P-1", 3, "1.50", null)
                        .set("P-1", 9);

        LineStory story = story(history, "P-1");

        assertThat(story.steps()).extracting(s -> s.event().version()).containsExactly(1L, 3L, 4L);
        assertThat(story.line()).isNotNull().extracting(ItemLine::quantity).isEqualTo(9);
    }

    @Test
    void what_was_before_it_left_the_cart_explains_nothing() {
        Histories history =
                new Histories("a")
                        .add("P-1", 2, "1.00", null)
                        .saveForLater("P-1")
                        .moveToCart("P-1")
                        .set("P-1", 4);

        assertThat(story(history, "P-1").steps())
                .extracting(s -> s.event().version())
                .containsExactly(3L, 4L);
    }

    @Test
    void a_line_that_is_gone_is_explained_by_what_took_it() {
        Histories history = new Histories("a").add("P-1", 2, "1.00", null).checkOut();

        LineStory story = story(history, "P-1");

        assertThat(story.line()).isNull();
        assertThat(story.steps().getLast().event().event().type()).isEqualTo("CheckedOut");
    }

    @Test
    void a_product_that_never_was_there_has_no_story() {
        assertThat(story(new Histories("a").save("P-1", null), "P-1").steps()).isEmpty();
    }
}
