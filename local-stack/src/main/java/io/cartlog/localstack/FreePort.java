package io.cartlog.localstack;

/// The check before a server starts, so that a taken port is told by its purpose.
final class FreePort {
    private FreePort() {}

    /// @throws LocalStackException if somebody listens on it
    static void require(int port, String purpose) {
        if (!Ports.isFree(port)) {
            throw new LocalStackException(
                    "port %d for %s is taken; choose another first port with CARTLOG_PORT"
                            .formatted(port, purpose));
        }
    }
}
