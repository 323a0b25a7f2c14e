package io.cartlog.projection.query;

import io.cartlog.projection.view.History;
import io.cartlog.projection.view.Parked;
import io.cartlog.schemas.value.AccountId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/// A read that goes on, and what its answer says of the version that it shows: `ETag` and
/// `Cartlog-View-Version`, and in `Cartlog-View-Age` for how many seconds there has been something
/// newer, 0 if nothing newer is known. If the account is parked, `Cartlog-View-Parked` says since
/// when.
///
/// @param proven version that the client can prove to be there; 0 if it shows no token
/// @param incomplete the answer may lack something of which nothing is known
/// @param parked why the view stands still; null if it does not
record Reading(
        AccountId account,
        long proven,
        boolean incomplete,
        @Nullable Parked parked,
        Instant start,
        History history,
        Clock clock) {
    static final String VIEW_VERSION = "Cartlog-View-Version";
    static final String VIEW_AGE = "Cartlog-View-Age";
    static final String VIEW_PARKED = "Cartlog-View-Parked";
    private static final String PREFERENCE_APPLIED = "Preference-Applied";

    boolean isProven() {
        return proven > 0;
    }

    <T> ResponseEntity<T> answer(long shown, T body) {
        return ResponseEntity.ok().headers(headers(shown)).body(body);
    }

    /// For who has this version already.
    <T> ResponseEntity<T> unchanged(long shown) {
        return ResponseEntity.status(HttpStatus.NOT_MODIFIED).headers(headers(shown)).build();
    }

    /// An answer out of the past: it is as old as it was asked to be.
    <T> ResponseEntity<T> past(long shown, T body) {
        HttpHeaders headers = version(shown);
        headers.set(VIEW_AGE, "0");
        return ResponseEntity.ok().headers(headers).body(body);
    }

    /// Whether these entity tags name the version.
    static boolean isKnown(List<String> tags, long version) {
        String tag = tag(version);
        return tags.stream()
                .map(known -> known.startsWith("W/") ? known.substring(2) : known)
                .anyMatch(known -> known.equals(tag) || known.equals("*"));
    }

    /// Why something is not found: a view that is behind cannot say that it is not there.
    ProblemException lacks(long shown, ProblemCode code, String detail) {
        long newest = newest();
        return newest > shown || incomplete || parked != null
                ? ProblemException.behind(shown, newest, parked)
                : new ProblemException(code, detail);
    }

    private long newest() {
        return Math.max(proven, history.latest(account));
    }

    private HttpHeaders headers(long shown) {
        HttpHeaders headers = version(shown);
        headers.set(VIEW_AGE, Long.toString(age(shown)));
        if (shown < proven || incomplete) {
            headers.set(PREFERENCE_APPLIED, Wish.PREFERENCE);
        }
        if (parked != null) {
            headers.set(VIEW_PARKED, parked.since().toString());
        }
        return headers;
    }

    private static HttpHeaders version(long shown) {
        HttpHeaders headers = new HttpHeaders();
        headers.setETag(tag(shown));
        headers.set(VIEW_VERSION, Long.toString(shown));
        return headers;
    }

    private static String tag(long version) {
        return "\"" + version + "\"";
    }

    /// In whole seconds, rounded up, since the first event was recorded that is not shown; if that
    /// is not known, then for how long this read has waited for it. For a parked account, since the
    /// record that it waits for.
    private long age(long shown) {
        if (newest() <= shown && !incomplete && parked == null) {
            return 0;
        }
        Instant since =
                parked == null
                        ? history.recordedAt(account, shown + 1).orElse(start)
                        : parked.since();
        long millis = Duration.between(since, clock.instant()).toMillis();
        return Math.max(1, (millis + 999) / 1000);
    }
}
