package io.cartlog.sink.status;

import io.cartlog.sink.AnalyticsSink;
import io.cartlog.sink.WarehouseLoader;
import io.cartlog.sink.clicks.ClickLoader;
import io.cartlog.sink.iceberg.LakeState;
import io.cartlog.sink.intake.LogTopics;
import io.cartlog.sink.row.Offsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Progress, and making it now.
@RestController
@RequestMapping("/internal")
class StatusEndpoints {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AnalyticsSink sink;
    private final WarehouseLoader loader;
    private final ClickLoader clicks;
    private final LogTopics topics;
    private final Set<Integer> partitions;

    StatusEndpoints(
            AnalyticsSink sink, WarehouseLoader loader, ClickLoader clicks, LogTopics topics) {
        this.sink = sink;
        this.loader = loader;
        this.clicks = clicks;
        this.topics = topics;
        this.partitions = sink.partitions();
    }

    @GetMapping("/progress")
    Progress progress() {
        return Progress.of(
                sink,
                loader,
                topics.end(partitions),
                Progress.Clicks.of(clicks, topics.endOfClicks(partitions)));
    }

    /// Brings what the log holds now into lake and warehouse, and answers when it is there.
    ///
    /// @throws ErrorResponseException 503 if that takes longer than a minute
    @PostMapping("/flush")
    Progress flush() throws InterruptedException {
        LakeState lake = intoTheLake(topics.end(partitions));
        if (!loader.awaitLoaded(lake.sequenceNumber(), PATIENCE)) {
            throw late("the warehouse is not loaded yet", loader.failure());
        }
        if (!clicks.awaitLoaded(topics.endOfClicks(partitions), PATIENCE)) {
            throw late("the clicks are not loaded yet", clicks.failure());
        }
        return progress();
    }

    private LakeState intoTheLake(Offsets target) throws InterruptedException {
        try {
            return sink.flush(target).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            throw late("the lake is not written yet", sink.failure());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static ErrorResponseException late(String what, @Nullable String why) {
        ErrorResponseException late = new ErrorResponseException(HttpStatus.SERVICE_UNAVAILABLE);
        late.setDetail(why == null ? what : what + ": " + why);
        return late;
    }
}
