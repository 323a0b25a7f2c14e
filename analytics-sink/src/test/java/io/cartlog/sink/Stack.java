package io.cartlog.sink;

import io.cartlog.localstack.Addresses;
import io.cartlog.localstack.LocalStack;
import io.cartlog.localstack.LocalStackSettings;
import io.cartlog.localstack.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Broker, object store and database, started once for all tests, and the one log in it. Tests ask
/// for a [World] on it.
final class Stack implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == World.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        Running running =
                test.getRoot()
                        .getStore(Namespace.create(Stack.class))
                        .computeIfAbsent(Running.class, _ -> Running.start(), Running.class);
        return test.getStore(Namespace.create(Stack.class, test.getUniqueId()))
                .computeIfAbsent(
                        World.class,
                        _ -> World.on(running.stack.addresses(), running.log),
                        World.class);
    }

    private record Running(LocalStack stack, LogWriter log) implements AutoCloseable {
        static Running start() {
            LocalStackSettings settings = LocalStackSettings.inFolder(folder());
            LocalStack stack = LocalStack.start(settings.only(Part.KAFKA, Part.S3, Part.POSTGRES));
            Addresses addresses = stack.addresses();
            return new Running(stack, new LogWriter(addresses.kafka()));
        }

        private static Path folder() {
            try {
                return Files.createTempDirectory("analytics-sink-");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            log.close();
            stack.close();
        }
    }
}
