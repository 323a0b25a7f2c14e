package io.cartlog.localstack;

import com.almworks.sqlite4java.SQLiteException;
import com.amazonaws.services.dynamodbv2.local.main.ServerRunner;
import com.amazonaws.services.dynamodbv2.local.server.DynamoDBProxyServer;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import com.amazonaws.services.dynamodbv2.local.shared.access.sqlite.TunedSqliteAccess;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.commons.cli.ParseException;
import org.jspecify.annotations.Nullable;

/// How DynamoDB Local keeps its data. Both read and write the same file.
enum DynamoDbStorage {
    /// [TunedSqliteAccess]: the same answers, several times as fast.
    TUNED,
    /// DynamoDB Local as AWS ships it.
    STOCK;

    private static final String FILE = "shared-local-instance.db";

    /// What the system property `cartlog.dynamodb`, or else the environment's `CARTLOG_DYNAMODB`,
    /// says; else [#TUNED].
    ///
    /// @throws LocalStackException if it says neither `tuned` nor `stock`
    static DynamoDbStorage chosen() {
        String property = System.getProperty("cartlog.dynamodb");
        return named(property == null ? System.getenv("CARTLOG_DYNAMODB") : property);
    }

    static DynamoDbStorage named(@Nullable String name) {
        if (name == null) {
            return TUNED;
        }
        try {
            return valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new LocalStackException(
                    "CARTLOG_DYNAMODB must be tuned or stock, not " + name, e);
        }
    }

    /// A server on data in the folder, not started yet.
    DynamoDBProxyServer server(Path folder, int port)
            throws ParseException, SQLiteException, InterruptedException {
        return switch (this) {
            case STOCK -> stockServer(folder, port);
            case TUNED -> tunedServer(folder, port);
        };
    }

    private static DynamoDBProxyServer stockServer(Path folder, int port) throws ParseException {
        return ServerRunner.createServerFromCommandLineArgs(
                new String[] {
                    "-dbPath",
                    folder.toString(),
                    "-port",
                    Integer.toString(port),
                    "-sharedDb",
                    "-disableTelemetry"
                });
    }

    private static DynamoDBProxyServer tunedServer(Path folder, int port)
            throws SQLiteException, InterruptedException {
        TunedSqliteAccess storage = new TunedSqliteAccess(folder.resolve(FILE).toFile());
        return new DynamoDBProxyServer(
                port, new LocalDynamoDBServerHandler(new DynamoDbRequestHandler(storage), null));
    }
}
