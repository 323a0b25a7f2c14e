package io.cartlog.benchmarks.sink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A process of its own, so that what it uses can be told apart. It does not outlive this one.
final class MeasuredProcess implements AutoCloseable {
    private final String name;
    private final Path log;
    private final Process process;

    MeasuredProcess(String name, List<String> command, Path folder) {
        this.name = name;
        log = folder.resolve(name + ".log");
        try {
            process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @throws IllegalStateException if it has ended by itself
    void checkAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " has ended; see " + log);
        }
    }

    /// Of all its processors together, since it started.
    Duration cpu() {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException("no times of other processes here"));
    }

    /// The most resident memory that it ever had, in megabytes; -1 where only Linux could tell.
    long peakMegabytes() {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException _) {
            return -1;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
