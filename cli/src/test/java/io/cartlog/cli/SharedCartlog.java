package io.cartlog.cli;

import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import io.cartlog.cli.service.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/// A stack that the classes of one JVM of tests hand on to each other, because a start and a stop
/// take longer than most of them. Each class starts what it needs of it and has accounts of its
/// own; it leaves all processes alive.
///
/// A class gets a new stack where a test has failed on the last one, where it was on that itself (a
/// test that has failed runs once more), or where it asks for an [Untouched] one.
final class SharedCartlog
        implements ParameterResolver, TestWatcher, LifecycleMethodExecutionExceptionHandler {
    /// Nobody was on it before: nothing in its stores is without its event in the log.
    @Retention(RUNTIME)
    @Target(PARAMETER)
    @interface Untouched {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == RunningCartlog.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return shared(test).of(test.getRequiredTestClass(), parameter.isAnnotated(Untouched.class));
    }

    @Override
    public void testFailed(ExtensionContext test, @Nullable Throwable cause) {
        shared(test).hasFailed();
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext test, Throwable cause)
            throws Throwable {
        shared(test).hasFailed();
        throw cause;
    }

    private static Shared shared(ExtensionContext test) {
        return test.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(SharedCartlog.class))
                .computeIfAbsent(Shared.class, _ -> new Shared(), Shared.class);
    }

    private static final class Shared implements AutoCloseable {
        private final Set<Class<?>> users = new HashSet<>();
        private @Nullable RunningCartlog cartlog;
        private boolean failed;

        synchronized RunningCartlog of(Class<?> user, boolean untouched) {
            if (failed || untouched || users.contains(user)) {
                close();
            }
            users.add(user);
            RunningCartlog running = cartlog == null ? fresh() : cartlog;
            cartlog = running;
            return running;
        }

        private static RunningCartlog fresh() {
            try {
                return RunningCartlog.in(Files.createTempDirectory("cartlog-")).withoutArchives();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        synchronized void hasFailed() {
            failed = true;
        }

        @Override
        public synchronized void close() {
            RunningCartlog last = cartlog;
            boolean keep = failed;
            cartlog = null;
            failed = false;
            users.clear();
            if (last != null) {
                last.doneHere("down");
                if (!keep) {
                    delete(last.folder());
                }
            }
        }

        private static void delete(Path folder) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Takes out of the warehouse what others have left, when all of it has come.
    static void emptyWarehouse(RunningCartlog cartlog) {
        flush(cartlog);
        for (String table : List.of("events", "order_lines", "clicks")) {
            cartlog.doneHere("sql", "--write", "TRUNCATE warehouse." + table);
        }
    }

    /// Loads all that the log has now.
    static void flush(RunningCartlog cartlog) {
        String token = cartlog.doneHere("token", "--scope", "ops").out().strip();
        String sink = "http://127.0.0.1:" + (cartlog.firstPort() + 2);
        new Service("analytics-sink", sink, () -> token).post("/internal/flush");
    }
}
