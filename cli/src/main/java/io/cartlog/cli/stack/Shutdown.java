package io.cartlog.cli.stack;

import io.cartlog.cli.stack.StateFile.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Stops what a state names: the services side by side, then the stack that they stand on.
record Shutdown(State state, Progress progress) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    void stop() {
        stop(
                List.of(
                        StackProcess.COMMAND_SERVICE,
                        StackProcess.AUTHORIZATION_SERVER,
                        StackProcess.ANALYTICS_SINK,
                        StackProcess.PROJECTION_SERVICE,
                        StackProcess.PROJECTION_SERVICE_2));
        stop(List.of(StackProcess.LOCAL_STACK));
    }

    void stop(List<StackProcess> processes) {
        Map<StackProcess, ProcessHandle> stopping = new LinkedHashMap<>();
        for (StackProcess process : processes) {
            state.handle(process).ifPresent(it -> stopping.put(process, it));
        }
        stopping.values().forEach(ProcessHandle::destroy);
        stopping.forEach(this::awaitEnd);
    }

    private void awaitEnd(StackProcess process, ProcessHandle handle) {
        if (ends(handle, PATIENCE)) {
            progress.say(process.label() + " stopped");
            return;
        }
        progress.say("%s does not stop, killing %d".formatted(process.label(), handle.pid()));
        kill(process, handle);
    }

    /// With its children, which may not notice.
    private static void kill(StackProcess process, ProcessHandle handle) {
        List<ProcessHandle> children = new ArrayList<>(handle.descendants().toList());
        handle.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        if (!ends(handle, PATIENCE)) {
            throw new StackException(
                    "cannot end %s, pid %d".formatted(process.label(), handle.pid()));
        }
    }

    private static boolean ends(ProcessHandle handle, Duration limit) {
        CompletableFuture<ProcessHandle> end = handle.onExit();
        try {
            end.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException e) {
            throw new StackException("cannot wait for pid " + handle.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while stopping", e);
        }
    }
}
