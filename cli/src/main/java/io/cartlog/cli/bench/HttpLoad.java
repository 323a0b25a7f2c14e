package io.cartlog.cli.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Sends requests over many connections, each when it is due.
public final class HttpLoad {
    private final Sender.Factory senders;
    private final int connections;

    public HttpLoad(Sender.Factory senders, int connections) {
        this.senders = senders;
        this.connections = connections;
    }

    /// @param requestsPerSecond 0 for as many as there can be
    /// @throws IOException if there is no connection at all
    Recorder run(double requestsPerSecond, double seconds)
            throws IOException, InterruptedException {
        List<Sender> open = open();
        return send(open, new Schedule(requestsPerSecond, seconds));
    }

    /// Until the schedule is over.
    ///
    /// @throws IOException if there is no connection at all
    public Recorder run(Schedule schedule) throws IOException, InterruptedException {
        return send(open(), schedule);
    }

    private List<Sender> open() throws IOException {
        List<Sender> open = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            open.add(senders.open());
        }
        return open;
    }

    private Recorder send(List<Sender> open, Schedule schedule) throws InterruptedException {
        Recorder recorder = new Recorder();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> ends = new ArrayList<>();
            for (Sender sender : open) {
                ends.add(threads.submit(() -> sendAll(sender, schedule, recorder)));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a sender failed", e.getCause());
        }
        return recorder;
    }

    private void sendAll(Sender first, Schedule schedule, Recorder recorder) {
        Sender sender = first;
        try {
            for (long due = schedule.next(); due != Schedule.OVER; due = schedule.next()) {
                sender = send(sender, due, recorder);
            }
        } finally {
            close(sender);
        }
    }

    /// @return who sends the next: another, where there was no answer
    private Sender send(Sender sender, long due, Recorder recorder) {
        try {
            String wrong = sender.send();
            if (wrong == null) {
                recorder.done(due, sender.commands());
            } else {
                recorder.failed(wrong);
            }
            return sender;
        } catch (IOException e) {
            recorder.failed(String.valueOf(e.getMessage()));
            close(sender);
            return reopened(sender, recorder);
        }
    }

    private Sender reopened(Sender before, Recorder recorder) {
        try {
            return senders.open();
        } catch (IOException e) {
            recorder.failed(String.valueOf(e.getMessage()));
            return before;
        }
    }

    private static void close(Sender sender) {
        try {
            sender.close();
        } catch (IOException _) {
            // what was measured stands
        }
    }
}
