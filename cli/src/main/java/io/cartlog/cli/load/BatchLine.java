package io.cartlog.cli.load;

/// One line to send.
///
/// @param source where it comes from, for messages: the line of a file, the step of a play
/// @param text as it stands in the source
/// @param account lines of one account keep their order
/// @param json the line of the request, without its end
/// @param isOptional whether it is as good as done when the product is not in the cart
public record BatchLine(long source, String text, String account, String json, boolean isOptional) {
    public BatchLine(long source, String text, String account, String json) {
        this(source, text, account, json, false);
    }

    /// The same, and as good as done when the product is not in the cart.
    BatchLine mayMiss() {
        return new BatchLine(source, text, account, json, true);
    }
}
