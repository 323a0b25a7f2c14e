package io.cartlog.benchmarks.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.cartlog.benchmarks.sink.SinkFigures.FileRates;
import io.cartlog.benchmarks.sink.SinkFigures.Freshness;
import io.cartlog.benchmarks.sink.SinkFigures.Goal;
import io.cartlog.benchmarks.sink.SinkFigures.Load;
import io.cartlog.benchmarks.sink.SinkFigures.Throughput;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SinkFiguresTest {
    private static final Throughput OURS = new Throughput("ours", 200_000, 300_000, 5, 600);

    @Test
    void a_sink_is_compared_with_its_peer_by_rows_and_by_memory() {
        Throughput peer = new Throughput("peer", 80_000, 90_000, 12.5, 800);

        assertThat(figures(peer).goals())
                .contains(
                        new Goal("times the peer's rows per CPU-second", "at least 3", 2.5, false),
                        new Goal("times the peer's memory", "below 1", 0.75, true));
    }

    @Test
    void without_a_peer_only_the_sink_itself_is_judged() {
        assertThat(figures(null).goals())
                .extracting(Goal::what)
                .noneMatch(what -> what.contains("peer"))
                .hasSize(5);
    }

    @Test
    void events_may_wait_longer_at_the_defaults_than_when_they_are_asked_to_be_quick() {
        assertThat(figures(null).goals())
                .filteredOn(goal -> goal.what().startsWith("event to queryable"))
                .extracting(Goal::aim, Goal::reached)
                .containsExactly(tuple("below 60", true), tuple("below 5", false));
    }

    private static SinkFigures figures(@Nullable Throughput peer) {
        return SinkFigures.of(
                1_000,
                new FileRates(1_000_000, 500_000, 200_000),
                OURS,
                peer,
                new Load(300_000, 700_000, 0.6),
                List.of(
                        new Freshness("defaults", 100, 5.1, 10.2, 700),
                        new Freshness("quick", 100, 0.7, 5, 700)));
    }
}
