package io.cartlog.projection.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cartlog.projection.view.CapacityMeter;
import io.cartlog.projection.view.History;
import io.cartlog.projection.view.Parked;
import io.cartlog.projection.view.Parking;
import io.cartlog.projection.view.Place;
import io.cartlog.projection.view.Skip;
import io.cartlog.projection.view.ViewVersions;
import io.cartlog.projection.view.ViewVersions.Generation;
import io.cartlog.schemas.topic.DeadLetter;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.schemas.value.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/// The records that could not be applied, and what has become of them.
final class Letters {
    /// Of those that nobody waits for; the ones that somebody waits for are all listed.
    private static final int MOST = 1_000;

    private final LogLookup log;
    private final Parking parking;
    private final ViewVersions versions;
    private final History history;

    Letters(LogLookup log, Parking parking, ViewVersions versions, History history) {
        this.log = log;
        this.parking = parking;
        this.versions = versions;
        this.history = history;
    }

    /// What has become of a record.
    enum State {
        /// Its account waits for it.
        PARKED,
        /// Its account waited and is on its way.
        RESUMING,
        /// Somebody has decided to go on without it.
        SKIPPED,
        /// It was tried again and applied.
        APPLIED,
        /// It is nobody's, or not in `cart.events`: nobody waits for it.
        PASSED_OVER
    }

    /// @param account null if nobody can say whose it is
    /// @param time when it was written
    /// @param waiting versions of the account that the live view does not show
    /// @param view the version of the views in which the account waits, if that is not the live one
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Letter(
            String topic,
            int partition,
            long offset,
            @Nullable String account,
            State state,
            String reason,
            Instant time,
            @Nullable Long waiting,
            @Nullable Integer view,
            @Nullable Decision skipped) {}

    /// @param after version of the account after which others may be missing
    record Decision(String by, Instant at, String why, long after) {
        static Decision of(Skip skip) {
            return new Decision(skip.by(), skip.when(), skip.why(), skip.after());
        }
    }

    private record Stand(String topic, Place at) implements Comparable<Stand> {
        @Override
        public int compareTo(Stand other) {
            int byTopic = topic.compareTo(other.topic);
            return byTopic == 0 ? at.compareTo(other.at) : byTopic;
        }
    }

    /// By topic and place.
    List<Letter> all() throws InterruptedException {
        parking.look();
        Generation live = versions.live();
        Map<Stand, Letter> letters = new TreeMap<>();
        log.letters(MOST).forEach(record -> add(record, letters));
        parking.skips().all().forEach(skip -> add(skip, letters));
        parking.all().stream()
                .filter(parked -> parked.version() != live.version())
                .forEach(parked -> add(parked, live, letters));
        parking.all(live.version()).forEach(parked -> add(parked, live, letters));
        return List.copyOf(letters.values());
    }

    private static void add(ConsumerRecord<byte[], byte[]> record, Map<Stand, Letter> letters) {
        DeadLetter dead = DeadLetter.of(name -> value(record, name));
        String account = LogRecords.account(record).map(AccountId::value).orElse(null);
        boolean ours =
                dead.topic().equals(Topics.EVENTS.name())
                        && account != null
                        && dead.reader().equals(DeadLetters.READER);
        Letter letter =
                new Letter(
                        dead.topic(),
                        dead.partition(),
                        dead.offset(),
                        account,
                        ours ? State.APPLIED : State.PASSED_OVER,
                        dead.error(),
                        Instant.ofEpochMilli(record.timestamp()),
                        null,
                        null,
                        null);
        letters.merge(
                new Stand(dead.topic(), new Place(dead.partition(), dead.offset())),
                letter,
                (one, other) -> other.state() == State.APPLIED ? other : one);
    }

    private static byte @Nullable [] value(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : header.value();
    }

    private static void add(Skip skip, Map<Stand, Letter> letters) {
        letters.put(
                new Stand(Topics.EVENTS.name(), skip.at()),
                new Letter(
                        Topics.EVENTS.name(),
                        skip.at().partition(),
                        skip.at().offset(),
                        skip.account().value(),
                        State.SKIPPED,
                        skip.reason(),
                        skip.since(),
                        null,
                        null,
                        Decision.of(skip)));
    }

    private void add(Parked parked, Generation live, Map<Stand, Letter> letters) {
        boolean isLive = parked.version() == live.version();
        letters.put(
                new Stand(Topics.EVENTS.name(), parked.at()),
                new Letter(
                        Topics.EVENTS.name(),
                        parked.at().partition(),
                        parked.at().offset(),
                        parked.account().value(),
                        parked.resumeAt() == null ? State.PARKED : State.RESUMING,
                        parked.reason(),
                        parked.since(),
                        isLive ? waiting(parked.account(), live) : null,
                        isLive ? null : parked.version(),
                        null));
    }

    private long waiting(AccountId account, Generation live) {
        long shown = live.views().head(account, new CapacityMeter()).version();
        return Math.max(0, history.latest(account) - shown);
    }
}
