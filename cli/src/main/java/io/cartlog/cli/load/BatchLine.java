package io.cartlog.cli.load;

/// One line to send.
///
/// @param source where it comes from, for messages: the line of a file, the step of a play
/// @param text as it stands in the source
/// @param account lines of one account keep their order
/// @param json the line of the request, without its end
public record BatchLine(long source, String text, String account, String json) {}
