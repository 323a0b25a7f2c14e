package io.cartlog.projection.query;

import io.cartlog.projection.view.History;
import io.cartlog.projection.view.HistoryUnavailableException;
import io.cartlog.schemas.value.AccountId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// An account's events as they happen, as server-sent events: `id` is the version, `event` the
/// type, `data` the event as [HistoryQueries] gives it.
@RestController
class LiveQueries implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(LiveQueries.class);

    private final History history;
    private final Freshness freshness;
    private final EventJson json;
    private final QuerySettings settings;
    private final Semaphore places;
    private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    LiveQueries(
            History history,
            Freshness freshness,
            EventJson json,
            QuerySettings settings,
            MeterRegistry meters) {
        this.history = history;
        this.freshness = freshness;
        this.json = json;
        this.settings = settings;
        this.places = new Semaphore(settings.subscribers());
        Gauge.builder("cartlog.queries.subscribers", subscribers, Set::size)
                .description("Clients that follow an account's events")
                .register(meters);
    }

    /// Goes on after `Last-Event-ID`, or else after the version `after`, or else with what happens
    /// from now on.
    @GetMapping(
            path = "/v1/accounts/{account}/events",
            produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void events(
            @PathVariable String account,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            @RequestParam(required = false) @Nullable String after,
            @RequestHeader HttpHeaders headers,
            HttpServletResponse response)
            throws InterruptedException {
        AccountId id = Parameters.account(account);
        long from =
                lastEventId == null || lastEventId.isEmpty()
                        ? version("after", after)
                        : version("Last-Event-ID", lastEventId);
        freshness.ofHistory(id, headers, Math.max(0, from));
        stream(id, from < 0 ? history.latest(id) : from, response);
    }

    /// @return -1 for none
    private static long version(String parameter, @Nullable String text) {
        if (text == null) {
            return -1;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw ProblemException.parameter(parameter, "the version of an event");
        }
        return Long.parseLong(text);
    }

    private void stream(AccountId account, long after, HttpServletResponse response)
            throws InterruptedException {
        if (!running || !places.tryAcquire()) {
            throw new ProblemException(
                    ProblemCode.TOO_MANY_SUBSCRIBERS, "no more clients can be served now");
        }
        Subscriber subscriber =
                new Subscriber(
                        account,
                        after,
                        history,
                        json::text,
                        settings.subscriberBuffer(),
                        settings.heartbeat());
        subscribers.add(subscriber);
        try {
            if (!running) {
                subscriber.close();
            }
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            subscriber.writeTo(response.getOutputStream());
        } catch (IOException | HistoryUnavailableException e) {
            LOG.atDebug().setCause(e).log("a subscriber has gone, or comes again");
        } finally {
            subscribers.remove(subscriber);
            places.release();
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /// Ends all streams, before the server waits for requests to end.
    @Override
    public void stop() {
        running = false;
        subscribers.forEach(Subscriber::close);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
