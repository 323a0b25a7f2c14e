package io.cartlog.cli.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// A queue of batches that are sent one after the other. Only one thread fills it.
final class Lane {
    private final BlockingQueue<Batch> waiting = new ArrayBlockingQueue<>(2);
    private final int batchSize;
    private List<BatchLine> open;

    Lane(int batchSize) {
        this.batchSize = batchSize;
        this.open = new ArrayList<>(batchSize);
    }

    /// Waits while two full batches are queued.
    void add(BatchLine line) throws InterruptedException {
        open.add(line);
        if (open.size() == batchSize) {
            closeBatch();
        }
    }

    void end() throws InterruptedException {
        if (!open.isEmpty()) {
            closeBatch();
        }
        waiting.put(Batch.end());
    }

    private void closeBatch() throws InterruptedException {
        waiting.put(new Batch(open));
        open = new ArrayList<>(batchSize);
    }

    /// Sends until the end.
    void drain(BatchClient client, Answers tally, Runnable onProgress) throws InterruptedException {
        for (Batch batch = waiting.take(); !batch.isEnd(); batch = waiting.take()) {
            List<Answer> answers = client.send(batch, tally::retried);
            for (int i = 0; i < answers.size(); i++) {
                tally.answered(batch.lines().get(i), answers.get(i));
            }
            onProgress.run();
        }
    }
}
