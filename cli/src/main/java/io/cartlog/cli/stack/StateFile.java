package io.cartlog.cli.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// `stack.json`: what was started. Replaced whole, so that nobody reads half of it.
record StateFile(Path path) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /// @param firstPort of the ten
    /// @param processes by name; what is here may have ended since
    record State(int firstPort, Map<String, StartedProcess> processes) {
        State {
            processes = Map.copyOf(processes);
        }

        State with(StackProcess process, StartedProcess started) {
            Map<String, StartedProcess> more = new TreeMap<>(processes);
            more.put(process.label(), started);
            return new State(firstPort, more);
        }

        /// The process, if it runs.
        Optional<ProcessHandle> handle(StackProcess process) {
            return Optional.ofNullable(processes.get(process.label()))
                    .flatMap(StartedProcess::handle);
        }

        /// Whether it was started, however it ended.
        boolean knows(StackProcess process) {
            return processes.containsKey(process.label());
        }

        boolean anyAlive() {
            return processes.values().stream().anyMatch(StartedProcess::isAlive);
        }
    }

    /// What runs, or ran; nothing on `firstPort` when there is no file.
    State read(int firstPort) {
        if (!Files.exists(path)) {
            return new State(firstPort, Map.of());
        }
        try {
            State state = JSON.readValue(path.toFile(), State.class);
            return state.anyAlive() ? state : new State(firstPort, Map.of());
        } catch (JacksonException e) {
            throw new StackException("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    void write(State state) {
        Path writing = path.resolveSibling(path.getFileName() + ".writing");
        try {
            Files.writeString(writing, JSON.writeValueAsString(state) + "\n");
            Files.move(writing, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
