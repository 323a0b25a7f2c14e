package io.cartlog.commands.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Answers without an end, such as events as they happen: each piece goes on as it comes, and all
/// are ended before the server waits for its requests to end.
@Component
class EndlessStreams implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(EndlessStreams.class);
    private static final int PIECE = 8 * 1024;

    private final Set<InputStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    /// Copies until one of the two ends; there is nobody left to be told why.
    void copy(InputStream from, OutputStream to) {
        open.add(from);
        try {
            byte[] piece = new byte[PIECE];
            int length = running ? from.read(piece) : -1;
            while (length >= 0) {
                to.write(piece, 0, length);
                to.flush();
                length = from.read(piece);
            }
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("a stream of events has ended");
        } finally {
            open.remove(from);
        }
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        for (InputStream stream : open) {
            try {
                stream.close();
            } catch (IOException e) {
                LOG.atDebug().setCause(e).log("a stream of events was ended already");
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// Before the server's own graceful end.
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
