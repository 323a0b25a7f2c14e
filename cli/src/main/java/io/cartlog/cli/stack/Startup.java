package io.cartlog.cli.stack;

import io.cartlog.cli.stack.StateFile.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// One `up`: first the local stack, then the services side by side, each until it is healthy.
final class Startup implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration REMIND_EVERY = Duration.ofSeconds(10);

    private final StackAddresses at;
    private final DataFolder data;
    private final StateFile stateFile;
    private final Progress progress;
    private final Launch launch;
    private final Health health;
    private final Set<StackProcess> launchedHere = EnumSet.noneOf(StackProcess.class);
    private State state;

    Startup(StackSettings settings, DataFolder data, StateFile stateFile, Progress progress) {
        this.at = new StackAddresses(settings.firstPort());
        this.data = data;
        this.stateFile = stateFile;
        this.progress = progress;
        this.launch = new Launch(settings, at, data);
        this.health = new Health(at, data);
        this.state = stateFile.read(settings.firstPort());
    }

    @Override
    public void close() {
        health.close();
    }

    void start(Set<StackProcess> wanted) {
        List<StackProcess> services = new ArrayList<>(wanted);
        if (services.contains(StackProcess.AUTHORIZATION_SERVER)) {
            // It needs nobody, and is waited for with the services.
            var _ = running(StackProcess.AUTHORIZATION_SERVER);
        }
        if (services.remove(StackProcess.LOCAL_STACK)) {
            startTogether(List.of(StackProcess.LOCAL_STACK));
        }
        startTogether(services);
    }

    private void startTogether(List<StackProcess> processes) {
        Map<StackProcess, ProcessHandle> waitingFor = new LinkedHashMap<>();
        for (StackProcess process : processes) {
            waitingFor.put(process, running(process));
        }
        awaitHealth(waitingFor);
    }

    private ProcessHandle running(StackProcess process) {
        return state.handle(process).orElseGet(() -> launched(process));
    }

    private ProcessHandle launched(StackProcess process) {
        requireFreePort(process);
        ProcessHandle handle = launch.start(process);
        state = state.with(process, StartedProcess.of(handle));
        stateFile.write(state);
        launchedHere.add(process);
        progress.say("%s starts, pid %d".formatted(process.label(), handle.pid()));
        return handle;
    }

    private void requireFreePort(StackProcess process) {
        int port = process.port(at.firstPort());
        if (Health.listens(port)) {
            String what = process == StackProcess.LOCAL_STACK ? "kafka" : process.label();
            throw new StackException(
                    "port %d for %s is taken; choose another first port with CARTLOG_PORT"
                            .formatted(port, what));
        }
    }

    private void awaitHealth(Map<StackProcess, ProcessHandle> waitingFor) {
        long started = System.nanoTime();
        long remindAt = REMIND_EVERY.toNanos();
        while (!waitingFor.isEmpty()) {
            waitingFor.replaceAll(this::again);
            waitingFor.entrySet().removeIf(it -> isUp(it.getKey(), it.getValue(), started));
            long waited = System.nanoTime() - started;
            if (waited > LIMIT.toNanos()) {
                throw tooSlow(waitingFor);
            }
            if (waited > remindAt && !waitingFor.isEmpty()) {
                remindAt = waited + REMIND_EVERY.toNanos();
                remind(waitingFor.keySet(), waited);
            }
            waitingFor.values().stream().findFirst().ifPresent(Startup::pause);
        }
    }

    /// Whoever was killed a moment ago may still have looked alive, and is started now.
    private ProcessHandle again(StackProcess process, ProcessHandle handle) {
        return StartedProcess.isLiving(handle) || launchedHere.contains(process)
                ? handle
                : launched(process);
    }

    private boolean isUp(StackProcess process, ProcessHandle handle, long started) {
        if (!StartedProcess.isLiving(handle)) {
            throw failed(process, process.label() + " ended");
        }
        if (!health.of(process, handle.pid()).equals(Health.UP)) {
            return false;
        }
        progress.say(
                "%s is up after %.1f s"
                        .formatted(process.label(), (System.nanoTime() - started) / 1e9));
        return true;
    }

    private void remind(Set<StackProcess> processes, long waited) {
        String names =
                processes.stream().map(StackProcess::label).collect(Collectors.joining(", "));
        progress.say(
                "waiting for %s; %d s".formatted(names, TimeUnit.NANOSECONDS.toSeconds(waited)));
    }

    /// Until the next look, or until the process ends.
    private static void pause(ProcessHandle handle) {
        try {
            handle.onExit().completeOnTimeout(handle, 100, TimeUnit.MILLISECONDS).get();
        } catch (ExecutionException e) {
            throw new StackException("cannot wait for pid " + handle.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while starting", e);
        }
    }

    private StackException tooSlow(Map<StackProcess, ProcessHandle> waitingFor) {
        Map.Entry<StackProcess, ProcessHandle> first = waitingFor.entrySet().iterator().next();
        return failed(
                first.getKey(),
                "%s is not up after %d s: %s"
                        .formatted(
                                first.getKey().label(),
                                LIMIT.toSeconds(),
                                health.of(first.getKey(), first.getValue().pid())));
    }

    private StackException failed(StackProcess process, String what) {
        return new StackException(
                """
                %s. %s
                What did start runs on: ./cartlog status shows it, ./cartlog down stops it.\
                """
                        .formatted(what, data.log(process).end()));
    }
}
