package io.cartlog.commands.kinesis;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import software.amazon.awssdk.core.exception.SdkException;

/// Takes the records of a stream, shard by shard, each shard's in their order.
///
/// The position moves after all records of a read are taken. After a crash the last read comes
/// again, and whoever takes the records knows them by their numbers. Of several instances one
/// reads; the others wait.
public final class StreamIntake implements SmartLifecycle {
    private static final Logger LOGGER = LoggerFactory.getLogger(StreamIntake.class);

    /// A stream gives five reads a second for each shard.
    private static final Duration BETWEEN_READS = Duration.ofMillis(220);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /// After the replies are read, and until they are no longer.
    private static final int PHASE = 200;

    private final RowStream stream;
    private final ShardPositions positions;
    private final Consumer<List<StreamRecord>> taker;
    private final Thread thread = Thread.ofPlatform().name("kinesis").unstarted(this::run);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, String> iterators = new HashMap<>();
    private final Map<String, Duration> behind = new ConcurrentHashMap<>();
    private long looked;
    private volatile @Nullable String failure;

    private StreamIntake(
            RowStream stream, ShardPositions positions, Consumer<List<StreamRecord>> taker) {
        this.stream = stream;
        this.positions = positions;
        this.taker = taker;
    }

    /// @param taker returns when it has them all, or throws to be given them again
    public static StreamIntake of(
            StreamSettings settings,
            String bootstrapServers,
            int replicationFactor,
            Consumer<List<StreamRecord>> taker) {
        RowStream stream = RowStream.open(settings);
        return new StreamIntake(
                stream,
                ShardPositions.open(bootstrapServers, replicationFactor, stream.name()),
                taker);
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public boolean isRunning() {
        return thread.isAlive();
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /// What keeps rows from being taken; null when nothing does.
    public @Nullable String failure() {
        return failure;
    }

    /// How far the last read was behind the newest record, in the shard where that is most. When it
    /// comes near to the stream's retention, rows are about to be lost, and the stream will not
    /// say.
    public Duration behind() {
        return behind.values().stream().max(Duration::compareTo).orElse(Duration.ZERO);
    }

    @Override
    public void stop() {
        closing.countDown();
        try {
            thread.join(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        positions.close();
        stream.close();
    }

    private void run() {
        while (isOpen()) {
            try {
                if (positions.isOurs()) {
                    readAll();
                } else {
                    iterators.clear();
                    behind.clear();
                    looked = 0;
                }
                failure = null;
                pause(BETWEEN_READS);
            } catch (SdkException e) {
                tell("the stream cannot be read; trying again", e);
            } catch (RuntimeException e) {
                tell("rows of the stream are not taken; trying again", e);
            }
        }
    }

    /// An iterator may have been the trouble, so all are asked for again.
    private void tell(String what, RuntimeException e) {
        failure = e.toString();
        LOGGER.atWarn().setCause(e).log(what);
        iterators.clear();
        looked = 0;
        pause(PAUSE);
    }

    private void readAll() {
        lookForShards();
        for (String shard : List.copyOf(iterators.keySet())) {
            if (isOpen()) {
                read(shard);
            }
        }
    }

    private void lookForShards() {
        if (looked != 0 && System.nanoTime() - looked < BETWEEN_LOOKS.toNanos()) {
            return;
        }
        for (String shard : stream.readable(positions::isAtItsEnd)) {
            iterators.computeIfAbsent(shard, it -> stream.iterator(it, positions.of(it)));
        }
        looked = System.nanoTime();
    }

    private void read(String shard) {
        RowStream.Page page = stream.read(shard, String.valueOf(iterators.get(shard)));
        if (!page.records().isEmpty()) {
            taker.accept(page.records());
            positions.keep(shard, page.records().getLast().sequence());
        }
        if (page.next() == null) {
            positions.keepEnd(shard);
            iterators.remove(shard);
            behind.remove(shard);
            looked = 0;
        } else {
            iterators.put(shard, page.next());
            behind.put(shard, page.behind());
        }
    }

    private boolean isOpen() {
        return closing.getCount() > 0;
    }

    private void pause(Duration time) {
        try {
            var _ = closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
