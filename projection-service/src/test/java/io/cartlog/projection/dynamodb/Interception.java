package io.cartlog.projection.dynamodb;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Stands between a store and DynamoDB Local, and lets things happen to the n-th transaction.
final class Interception {
    private Interception() {}

    /// What happens to a transaction.
    interface Fate {
        /// @param number 1 for the first
        Object meet(int number, Call transaction) throws Throwable;
    }

    interface Call {
        Object send() throws Throwable;
    }

    /// The process dies.
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    static DynamoDbClient of(DynamoDbClient client, Fate fate) {
        AtomicInteger transactions = new AtomicInteger();
        return (DynamoDbClient)
                Proxy.newProxyInstance(
                        DynamoDbClient.class.getClassLoader(),
                        new Class<?>[] {DynamoDbClient.class},
                        (_, method, arguments) -> {
                            Call call = () -> send(client, method, arguments);
                            return method.getName().equals("transactWriteItems")
                                    ? fate.meet(transactions.incrementAndGet(), call)
                                    : call.send();
                        });
    }

    private static Object send(
            DynamoDbClient client, java.lang.reflect.Method method, Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(client, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /// The process dies before the n-th transaction is sent.
    static Fate crashBefore(int n) {
        return (number, transaction) -> {
            if (number >= n) {
                throw new Crash();
            }
            return transaction.send();
        };
    }

    /// The process dies after the n-th transaction was carried out.
    static Fate crashAfter(int n) {
        return (number, transaction) -> {
            if (number > n) {
                throw new Crash();
            }
            Object answer = transaction.send();
            if (number == n) {
                throw new Crash();
            }
            return answer;
        };
    }
}
