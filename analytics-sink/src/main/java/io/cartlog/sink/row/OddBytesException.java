package io.cartlog.sink.row;

/// Bytes that only the codec may judge. It carries nothing, and costs no stack.
final class OddBytesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OddBytesException() {
        super("for the codec to judge", null, false, false);
    }
}
