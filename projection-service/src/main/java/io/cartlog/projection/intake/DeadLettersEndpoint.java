package io.cartlog.projection.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cartlog.projection.intake.Letters.Letter;
import io.cartlog.projection.intake.Resumption.Outcome;
import io.cartlog.projection.view.Parked;
import io.cartlog.projection.view.Place;
import io.cartlog.projection.view.ViewRefusal.RecordNotFound;
import io.cartlog.projection.view.ViewRefusedException;
import io.cartlog.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/// Records that could not be applied and the accounts that wait for them, for operators.
@RestController
@RequestMapping("/internal/dead-letters")
class DeadLettersEndpoint {
    /// Of who decided, and why.
    private static final int LONGEST = 500;

    private final Letters letters;
    private final LogLookup log;
    private final Resumption resumption;

    DeadLettersEndpoint(Letters letters, LogLookup log, Resumption resumption) {
        this.letters = letters;
        this.log = log;
        this.resumption = resumption;
    }

    record All(List<Letter> letters) {}

    /// All that somebody waits for or that was skipped, and of the others the last thousand.
    @GetMapping
    All all() throws InterruptedException {
        return new All(letters.all());
    }

    /// A record of `cart.events` as it stands there.
    ///
    /// @param key as text
    /// @param headers as text
    /// @param value in hexadecimal; null if it has none
    /// @param trouble why it cannot be read; null if it can, now
    /// @param letter what is known of it as a dead letter; null if it is none
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Shown(
            String topic,
            int partition,
            long offset,
            Instant time,
            @Nullable String key,
            Map<String, String> headers,
            int bytes,
            @Nullable String value,
            @Nullable String trouble,
            @Nullable Letter letter) {}

    @GetMapping("/{partition}/{offset}")
    Shown show(@PathVariable int partition, @PathVariable long offset) throws InterruptedException {
        Place at = new Place(partition, offset);
        ConsumerRecord<byte[], byte[]> record =
                log.at(at).orElseThrow(() -> new ViewRefusedException(new RecordNotFound(at)));
        Map<String, String> headers = new TreeMap<>();
        record.headers().forEach(header -> headers.put(header.key(), text(header.value())));
        return new Shown(
                record.topic(),
                partition,
                offset,
                Instant.ofEpochMilli(record.timestamp()),
                record.key() == null ? null : text(record.key()),
                headers,
                record.value() == null ? 0 : record.value().length,
                record.value() == null ? null : HexFormat.of().formatHex(record.value()),
                LogRecords.trouble(record).orElse(null),
                letter(at));
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    private @Nullable Letter letter(Place at) throws InterruptedException {
        return letters.all().stream()
                .filter(l -> l.topic().equals(Topics.EVENTS.name()))
                .filter(l -> new Place(l.partition(), l.offset()).equals(at))
                .findFirst()
                .orElse(null);
    }

    /// What became of an account.
    ///
    /// @param state `RELEASED`, `RESUMING` or `PARKED`
    /// @param applied events that waited
    /// @param next the record that it waits for, if it still waits
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Result(String account, String state, long applied, @Nullable Next next) {

        record Next(int partition, long offset, String reason) {
            static @Nullable Next of(@Nullable Parked parked) {
                return parked == null
                        ? null
                        : new Next(parked.at().partition(), parked.at().offset(), parked.reason());
            }
        }

        static Result of(Outcome outcome) {
            return new Result(
                    outcome.account().value(),
                    outcome.state().name(),
                    outcome.applied(),
                    Next.of(outcome.next()));
        }
    }

    /// Reads the record again, and what waits for it.
    @PostMapping("/{partition}/{offset}/retry")
    Result retry(@PathVariable int partition, @PathVariable long offset)
            throws InterruptedException {
        return Result.of(resumption.retry(new Place(partition, offset)));
    }

    /// Goes on without the record.
    ///
    /// @param by who has decided that
    @PostMapping("/{partition}/{offset}/skip")
    Result skip(
            @PathVariable int partition,
            @PathVariable long offset,
            @RequestParam String by,
            @RequestParam String why)
            throws InterruptedException {
        check("by", by);
        check("why", why);
        return Result.of(resumption.skip(new Place(partition, offset), by, why));
    }

    private static void check(String name, String text) {
        if (text.isBlank() || text.length() > LONGEST) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST,
                    "%s is a text of at most %d characters".formatted(name, LONGEST));
        }
    }
}
