package io.cartlog.sink;

import io.cartlog.sink.iceberg.EventTable;
import io.cartlog.sink.row.LakeSnapshot;
import io.cartlog.sink.warehouse.Ledger;
import io.cartlog.sink.warehouse.Warehouse;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the lake's snapshots into the warehouse, one after the other, each once.
///
/// It has a thread of its own: a warehouse that is away (S4-18) keeps nobody waiting but the
/// analysts.
public final class WarehouseLoader implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(WarehouseLoader.class);

    /// Another sink may have committed, of which nobody tells.
    private static final Duration LOOK = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final EventTable lake;
    private final Warehouse warehouse;
    private final FollowedEvents followed;
    private final Thread thread = Thread.ofPlatform().name("loader").unstarted(this::run);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean wanted;
    private boolean closing;
    private Ledger ledger = Ledger.EMPTY;
    private @Nullable String failure;

    /// @param lake a view of its own
    WarehouseLoader(EventTable lake, Warehouse warehouse, FollowedEvents followed) {
        this.lake = lake;
        this.warehouse = warehouse;
        this.followed = followed;
    }

    public void start() {
        thread.start();
    }

    /// Tells that the lake has something new.
    public void wake() {
        change(() -> wanted = true);
    }

    /// What is loaded, as the loader saw it last.
    public Ledger ledger() {
        lock.lock();
        try {
            return ledger;
        } finally {
            lock.unlock();
        }
    }

    /// What keeps the loader from going on; null when nothing does.
    public @Nullable String failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until the lake's snapshot with this sequence number is loaded.
    ///
    /// @return whether it is
    public boolean awaitLoaded(long sequenceNumber, Duration patience) throws InterruptedException {
        wake();
        long nanos = patience.toNanos();
        lock.lock();
        try {
            while (ledger.sequenceNumber() < sequenceNumber && nanos > 0 && !closing) {
                nanos = changed.awaitNanos(nanos);
            }
            return ledger.sequenceNumber() >= sequenceNumber;
        } finally {
            lock.unlock();
        }
    }

    /// Stops. A load that is under way is finished, or rolled back.
    @Override
    public void close() {
        change(() -> closing = true);
        try {
            thread.join(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        boolean prepared = false;
        while (isOpen()) {
            try {
                if (!prepared) {
                    warehouse.prepare();
                    prepared = true;
                }
                loadWhatIsNew();
                rest(LOOK);
            } catch (RuntimeException e) {
                change(() -> failure = e.toString());
                LOGGER.atWarn().setCause(e).log("the warehouse is not loaded; trying again");
                rest(PAUSE);
            } catch (Error e) {
                change(() -> failure = "stopped for good: " + e);
                throw e;
            }
        }
    }

    private void loadWhatIsNew() {
        see(warehouse.ledger());
        for (LakeSnapshot snapshot : lake.snapshotsAfter(ledger().newestSnapshot())) {
            if (!isOpen()) {
                return;
            }
            see(warehouse.load(snapshot, lake.files(snapshot)));
        }
    }

    private void see(Ledger now) {
        tellOfTheQuarantined(now);
        change(() -> {
            ledger = now;
            failure = null;
        });
        followed.loaded(now.sequenceNumber());
    }

    private void tellOfTheQuarantined(Ledger now) {
        if (now.quarantined() > ledger().quarantined()) {
            LOGGER.atWarn()
                    .addKeyValue("files", now.quarantined())
                    .log("files of the lake cannot be loaded and are in quarantine");
        }
    }

    private void change(Runnable what) {
        lock.lock();
        try {
            what.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isOpen() {
        lock.lock();
        try {
            return !closing;
        } finally {
            lock.unlock();
        }
    }

    private void rest(Duration longest) {
        long nanos = longest.toNanos();
        lock.lock();
        try {
            while (!wanted && !closing && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            wanted = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
