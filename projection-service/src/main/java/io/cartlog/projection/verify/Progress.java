package io.cartlog.projection.verify;

/// Is told how far a long work is.
interface Progress {
    /// @param stage `fold`, `catch-up`, `scan` or `detail`
    void report(String stage, long done, long total);
}
