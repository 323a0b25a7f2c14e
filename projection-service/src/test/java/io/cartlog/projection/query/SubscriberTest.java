package io.cartlog.projection.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.projection.Histories;
import io.cartlog.projection.view.History;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.value.AccountId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SubscriberTest {
    private static final List<RecordedEvent> EVENTS = Histories.random("a", 5, 400);

    /// A history that lets its followers know of an event each time the log is asked for some.
    private static final class GrowingHistory implements History {
        private final List<Consumer<RecordedEvent>> followers = new CopyOnWriteArrayList<>();
        private int known;

        GrowingHistory(int known) {
            this.known = known;
        }

        void grow(int count) {
            for (int i = 0; i < count; i++) {
                RecordedEvent event = EVENTS.get(known++);
                followers.forEach(f -> f.accept(event));
            }
        }

        @Override
        public long latest(AccountId account) {
            return known;
        }

        @Override
        public Optional<Instant> recordedAt(AccountId account, long version) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long versionAt(AccountId account, Instant moment) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean await(AccountId account, long version, Duration patience) {
            return version <= known;
        }

        @Override
        public void read(AccountId account, long from, long to, Consumer<RecordedEvent> events) {
            EVENTS.subList((int) from - 1, (int) to).forEach(events);
            grow(3);
        }

        @Override
        public Subscription follow(AccountId account, Consumer<RecordedEvent> events) {
            followers.add(events);
            return () -> followers.remove(events);
        }
    }

    private static Subscriber subscriber(History history, long after, int buffer) {
        return new Subscriber(
                new AccountId("a"), after, history, event -> "{}", buffer, Duration.ofMillis(5));
    }

    /// Closes the subscriber when a text has been written.
    private static OutputStream until(
            String end, Subscriber subscriber, ByteArrayOutputStream written) {
        return new OutputStream() {
            @Override
            public void write(int b) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void write(byte[] bytes) {
                written.writeBytes(bytes);
                if (new String(bytes, StandardCharsets.UTF_8).startsWith(end)) {
                    subscriber.close();
                }
            }
        };
    }

    private static List<Long> ids(ByteArrayOutputStream written) {
        return written.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("id: "))
                .map(line -> Long.parseLong(line.substring(4)))
                .toList();
    }

    @Test
    void what_happens_during_the_catch_up_comes_once_and_in_order() throws Exception {
        GrowingHistory history = new GrowingHistory(250);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        Subscriber subscriber = subscriber(history, 17, 256);

        subscriber.writeTo(until("id: 256\n", subscriber, written));

        assertThat(ids(written))
                .containsExactlyElementsOf(LongStream.rangeClosed(18, 256).boxed().toList());
        assertThat(history.followers).isEmpty();
    }

    @Test
    void a_client_hears_a_heartbeat_when_nothing_happens() throws Exception {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        Subscriber subscriber = subscriber(new GrowingHistory(9), 9, 4);

        subscriber.writeTo(until(":\n", subscriber, written));

        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("retry: 1000\n\n:\n\n");
    }

    @Test
    void a_client_that_is_too_slow_is_closed_and_comes_again_without_a_gap() throws Exception {
        GrowingHistory history = new GrowingHistory(10);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        OutputStream slow =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException();
                    }

                    @Override
                    public void write(byte[] bytes) {
                        written.writeBytes(bytes);
                        history.grow(5); // five new ones while one is written
                    }
                };

        subscriber(history, 0, 8).writeTo(slow);
        int before = ids(written).size();
        history.grow(20);
        Subscriber again = subscriber(history, before, 256);
        again.writeTo(until("id: 30\n", again, written));

        assertThat(before).isBetween(1, 20);
        assertThat(ids(written))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 30).boxed().toList());
    }
}
