package io.cartlog.sink.clicks;

/// Somebody else has loaded what one was about to load. Nothing is changed.
final class PositionMovedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PositionMovedException(int partition, long expected) {
        super("partition %d is no longer at offset %d".formatted(partition, expected));
    }
}
