package io.cartlog.cli.chaos;

import io.cartlog.cli.bench.HttpLoad;
import io.cartlog.cli.bench.Recorder;
import io.cartlog.cli.bench.Schedule;
import io.cartlog.cli.bench.Sender;
import io.cartlog.cli.terminal.CommandFailedException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Requests that go on at their rate until somebody ends them.
final class Traffic implements AutoCloseable {
    private static final double A_DAY = 86_400;

    private final Schedule schedule;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Future<Recorder> result;
    private final long startNanos = System.nanoTime();

    private Traffic(Sender.Factory senders, int connections, double perSecond) {
        schedule = new Schedule(perSecond, A_DAY);
        result = thread.submit(() -> new HttpLoad(senders, connections).run(schedule));
    }

    static Traffic of(Sender.Factory senders, int connections, double perSecond) {
        return new Traffic(senders, connections, perSecond);
    }

    /// What became of requests.
    ///
    /// @param good answered as they should be, and how many a second
    /// @param wrong by what was wrong
    /// @param p99Millis of the good, from when they were due
    record Outcome(
            long good,
            double perSecond,
            Map<String, Long> wrong,
            double p99Millis,
            double longestMillis) {
        static Outcome of(Recorder recorder, double seconds) {
            Map<String, Long> wrong = new TreeMap<>();
            recorder.errors().forEach((what, count) -> wrong.put(what, count.sum()));
            return new Outcome(
                    recorder.done(),
                    recorder.done() / seconds,
                    wrong,
                    recorder.micros().getValueAtPercentile(99) / 1e3,
                    recorder.micros().getMaxValue() / 1e3);
        }

        long of(String what) {
            return wrong.getOrDefault(what, 0L);
        }

        long allWrong() {
            return wrong.values().stream().mapToLong(Long::longValue).sum();
        }

        String text() {
            return "%,d as they should be, %.0f/s, %s, p99 %.0f ms, longest %.0f ms"
                    .formatted(
                            good,
                            perSecond,
                            wrong.isEmpty() ? "0 failed" : wrong.toString(),
                            p99Millis,
                            longestMillis);
        }
    }

    /// Ends it, when all that was sent is answered.
    Outcome end() throws InterruptedException {
        stop();
        try {
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            return Outcome.of(result.get(), seconds);
        } catch (ExecutionException e) {
            throw new CommandFailedException("no traffic: " + e.getCause(), e);
        }
    }

    /// Sends nothing more, and does not wait for what was sent.
    void stop() {
        schedule.end();
    }

    @Override
    public void close() {
        stop();
        thread.close();
    }
}
