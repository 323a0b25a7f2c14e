package io.cartlog.commands.intake;

import io.cartlog.commands.problem.ProblemCode;
import io.cartlog.service.problem.ErrorPage;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/// Reads bodies of a bounded size into a bounded memory.
@Component
final class RequestBodies {
    private static final int KILOBYTE = 1 << 10;
    private static final int MEGABYTE = 1 << 20;
    private static final int TOGETHER_MEGABYTES = 192;

    private final Semaphore freeKilobytes = new Semaphore(TOGETHER_MEGABYTES * MEGABYTE / KILOBYTE);

    /// Reads the body and works on it. The memory counts as taken until the work is done.
    ///
    /// @throws ProblemException if the body has more than so many megabytes, or too many others are
    ///   being read
    <T> T read(HttpServletRequest request, int megabytes, Function<byte[], T> work) {
        int limit = megabytes * MEGABYTE;
        long announced = request.getContentLengthLong();
        if (announced > limit) {
            throw tooLarge(megabytes);
        }
        int kilobytes = (int) (1 + (announced < 0 ? limit : announced) / KILOBYTE);
        if (!freeKilobytes.tryAcquire(kilobytes)) {
            throw new ProblemException(Problem.tooManyInFlight());
        }
        try {
            int most = announced < 0 ? limit : (int) announced;
            return work.apply(read(request, most, megabytes));
        } finally {
            freeKilobytes.release(kilobytes);
        }
    }

    /// @param most that may come, and for which memory is taken
    private static byte[] read(HttpServletRequest request, int most, int megabytes) {
        try {
            byte[] body = request.getInputStream().readNBytes(most + 1);
            if (body.length > most) {
                throw tooLarge(megabytes);
            }
            return body;
        } catch (IOException e) {
            throw incomplete(request);
        }
    }

    /// The server has refused the request by now, and asks for the page about that.
    private static ProblemException incomplete(HttpServletRequest request) {
        Problem problem =
                new Problem(ProblemCode.BODY_INCOMPLETE, "the body could not be read to its end");
        ErrorPage.willSay(
                request,
                new io.cartlog.service.problem.Problem(
                        problem.status(), problem.code().text(), problem.detail()));
        return new ProblemException(problem);
    }

    private static ProblemException tooLarge(int megabytes) {
        return new ProblemException(Problem.bodyTooLarge(megabytes + " MB"));
    }
}
