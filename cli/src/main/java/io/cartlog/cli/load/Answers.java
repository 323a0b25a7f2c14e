package io.cartlog.cli.load;

/// Takes what comes back for the lines that were sent. Called from many threads.
interface Answers {
    /// A request is sent again.
    void retried();

    void answered(BatchLine line, Answer answer);
}
