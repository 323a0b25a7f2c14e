package io.cartlog.commands.intake;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/// Reads bodies of a bounded size.
final class RequestBody {
    private static final int MEGABYTE = 1 << 20;

    private RequestBody() {}

    /// @throws ProblemException if the body has more than so many megabytes
    static byte[] read(HttpServletRequest request, int megabytes) {
        int limit = megabytes * MEGABYTE;
        if (request.getContentLengthLong() > limit) {
            throw tooLarge(megabytes);
        }
        try {
            byte[] body = request.getInputStream().readNBytes(limit + 1);
            if (body.length > limit) {
                throw tooLarge(megabytes);
            }
            return body;
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(400, "body-incomplete", "the body could not be read to its end"));
        }
    }

    private static ProblemException tooLarge(int megabytes) {
        return new ProblemException(Problem.bodyTooLarge(megabytes + " MB"));
    }
}
