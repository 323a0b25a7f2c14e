package io.cartlog.cli.terminal;

/// How far a long piece of work is. Made by [Terminal#gauge].
public interface Gauge extends AutoCloseable {

    /// @param done of the total; may be called often and from any thread
    void at(long done);

    /// The total is known better now.
    void of(long total);

    @Override
    void close();
}
