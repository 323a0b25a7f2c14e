package io.cartlog.localstack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/// The loopback port of each server.
///
/// @param controller Kafka's own, for its metadata; nobody else connects to it
public record Ports(int kafka, int controller, int dynamodb, int s3, int postgres) {
    /// Below the range that Linux hands out to clients, so that no connection takes one in between.
    private static final int LOWEST_FREE = 10_240;

    private static final int HIGHEST_FREE = 20_480;

    /// The stack's part of Cartlog's ten ports: `first` + 3 to `first` + 7.
    public static Ports from(int first) {
        return new Ports(first + 3, first + 4, first + 5, first + 6, first + 7);
    }

    /// Five in a row that nobody listens on at this moment.
    public static Ports free() {
        return IntStream.generate(Ports::anyPort)
                .mapToObj(Ports::from)
                .filter(Ports::areFree)
                .findFirst()
                .orElseThrow();
    }

    /// One that nobody listens on at this moment, for a program that a test starts.
    public static int anyFree() {
        return IntStream.generate(Ports::anyPort).filter(Ports::isFree).findFirst().orElseThrow();
    }

    /// The number from which [#from] makes these; the ports are in a row.
    public int first() {
        return kafka - 3;
    }

    private boolean areFree() {
        return IntStream.of(kafka, controller, dynamodb, s3, postgres).allMatch(Ports::isFree);
    }

    /// Whether a server could listen on it now.
    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static int anyPort() {
        return ThreadLocalRandom.current().nextInt(LOWEST_FREE, HIGHEST_FREE);
    }
}
