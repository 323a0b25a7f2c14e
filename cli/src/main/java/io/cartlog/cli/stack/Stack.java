package io.cartlog.cli.stack;

import io.cartlog.cli.service.OpsTokens;
import io.cartlog.cli.service.TokenSource;
import io.cartlog.cli.stack.StackStatus.ProcessStatus;
import io.cartlog.cli.stack.StateFile.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The processes of a Cartlog on this machine.
public final class Stack {
    private final StackSettings settings;
    private final DataFolder data;
    private final StateFile stateFile;

    private Stack(StackSettings settings) {
        this.settings = settings;
        this.data = new DataFolder(settings.data());
        this.stateFile = new StateFile(data.stateFile());
    }

    public static Stack open(StackSettings settings) {
        return new Stack(settings);
    }

    public StackSettings settings() {
        return settings;
    }

    /// Starts what does not run and returns when all of it is healthy: the usual processes, and
    /// those that were wanted beside them when the stack was started.
    ///
    /// @throws StackException if something does not become healthy; the message has the end of its
    ///   log, and what did start runs on
    public StackStatus up(Progress progress) {
        return up(usual(), progress);
    }

    Set<StackProcess> usual() {
        State state = state();
        EnumSet<StackProcess> wanted = EnumSet.copyOf(StackProcess.usual());
        Arrays.stream(StackProcess.values()).filter(state::knows).forEach(wanted::add);
        return wanted;
    }

    /// The same stack, whose processes are started with other settings from now on.
    ///
    /// @param variables that a person would have set
    public Stack with(Map<String, String> variables) {
        return new Stack(settings.with(variables));
    }

    StackStatus up(Set<StackProcess> wanted, Progress progress) {
        data.prepare();
        try (FileChannel _ = data.lock(progress)) {
            requireSamePort();
            try (Startup startup = new Startup(settings, data, stateFile, progress)) {
                startup.start(wanted);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return status();
    }

    /// Stops one process and starts it again, as the settings of now say.
    ///
    /// @param name as [#status] has it
    /// @return when it is healthy again
    public StackStatus restart(String name, Progress progress) {
        StackProcess process =
                StackProcess.named(name)
                        .orElseThrow(() -> new StackException(name + " is no process"));
        try (FileChannel _ = data.lock(progress)) {
            new Shutdown(state(), progress).stop(List.of(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return up(EnumSet.of(process), progress);
    }

    /// Stops what runs, the last started first; no error when nothing runs.
    ///
    /// @throws StackException if a process cannot be ended
    public void down() {
        down(_ -> {});
    }

    public void down(Progress progress) {
        if (!Files.exists(data.path())) {
            return;
        }
        try (FileChannel _ = data.lock(progress)) {
            new Shutdown(state(), progress).stop();
            stateFile.delete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Deletes everything that the stack kept; it must be down.
    ///
    /// @throws StackException if the folder is not one of Cartlog's
    public void wipe() {
        data.delete();
    }

    /// The addresses and the state of each process, without changing anything. A stack that runs is
    /// described on its own ports, whatever the settings say.
    public StackStatus status() {
        State state = state();
        StackAddresses at = new StackAddresses(state.firstPort());
        List<ProcessStatus> processes = new ArrayList<>();
        try (Health health = new Health(at, data)) {
            for (StackProcess process : usual()) {
                processes.add(status(process, state, health));
            }
        }
        return new StackStatus(
                at.http(StackProcess.COMMAND_SERVICE),
                at.issuer(),
                at.kafka(),
                at.dynamodb(),
                at.s3(),
                at.databaseWithCredentials(),
                StackAddresses.BUCKET,
                at.database(),
                at.lake(),
                StackAddresses.ACCESS_KEY,
                StackAddresses.SECRET_KEY,
                StackAddresses.REGION,
                StackAddresses.DATABASE_USER,
                StackAddresses.DATABASE_PASSWORD,
                at.http(StackProcess.PROJECTION_SERVICE),
                at.http(StackProcess.ANALYTICS_SINK),
                settings.data().toString(),
                processes);
    }

    /// Gets tokens from the stack's authorization server.
    ///
    /// @throws StackException if the stack was never started
    public TokenSource tokens(TokenClient client) {
        return new TokenSource(
                URI.create(new StackAddresses(state().firstPort()).tokenEndpoint()),
                client.id(),
                data.drawnSecret(client.secretName()));
    }

    /// Those of the commands themselves, renewed before they expire.
    ///
    /// @throws StackException if the stack was never started
    public OpsTokens opsTokens() {
        return new OpsTokens(tokens(TokenClient.OPS));
    }

    /// A folder belongs to one stack, and that one stays where it is while any of it runs.
    private void requireSamePort() {
        State state = state();
        if (state.firstPort() != settings.firstPort()) {
            throw new StackException(
                    "the stack of %s runs with first port %d, not %d; stop it with ./cartlog down"
                            .formatted(settings.data(), state.firstPort(), settings.firstPort()));
        }
    }

    private State state() {
        return stateFile.read(settings.firstPort());
    }

    private static ProcessStatus status(StackProcess process, State state, Health health) {
        return state.handle(process)
                .map(it -> running(process, state, it, health))
                .orElseGet(() -> stopped(process, state));
    }

    private static ProcessStatus running(
            StackProcess process, State state, ProcessHandle handle, Health health) {
        Usage usage = Usage.of(handle);
        return new ProcessStatus(
                process.label(),
                handle.pid(),
                process.port(state.firstPort()),
                "running",
                health.of(process, handle.pid()),
                usage.rssBytes(),
                usage.cpuSeconds());
    }

    private static ProcessStatus stopped(StackProcess process, State state) {
        int port = process.port(state.firstPort());
        return new ProcessStatus(process.label(), null, port, "stopped", "down", null, null);
    }
}
