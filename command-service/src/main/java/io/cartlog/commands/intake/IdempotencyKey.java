package io.cartlog.commands.intake;

import io.cartlog.commands.problem.ProblemCode;
import io.cartlog.schemas.command.CommandEnvelope;
import io.cartlog.schemas.value.CommandId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The header that names a command.
final class IdempotencyKey {
    static final String HEADER = "Idempotency-Key";
    static final String REPLAYED = "Idempotent-Replayed";

    private IdempotencyKey() {}

    /// The key of a POST, which must have one; a PUT or DELETE may do without, for it names what
    /// shall be, and gets a fresh one.
    ///
    /// @throws ProblemException if it is missing or none
    static CommandId of(HttpServletRequest request) {
        String text = header(request);
        if (text == null && !"POST".equals(request.getMethod())) {
            return new CommandId(UUID.randomUUID().toString());
        }
        return of(text, HEADER + " header");
    }

    private static @Nullable String header(HttpServletRequest request) {
        Enumeration<String> all = request.getHeaders(HEADER);
        String first = all.hasMoreElements() ? all.nextElement() : null;
        if (all.hasMoreElements()) {
            throw new ProblemException(
                    new Problem(
                            ProblemCode.IDEMPOTENCY_KEY_INVALID,
                            "a command has one idempotency key, and this request several"));
        }
        return first;
    }

    /// @param where it was expected
    static CommandId of(@Nullable String text, String where) {
        if (text == null || text.isBlank()) {
            throw new ProblemException(
                    new Problem(
                            ProblemCode.IDEMPOTENCY_KEY_MISSING,
                            "the "
                                    + where
                                    + " is missing: it names the command, so that sending it"
                                    + " again is safe"));
        }
        if (text.startsWith(CommandEnvelope.OWN_IDS)) {
            throw new ProblemException(
                    new Problem(
                            ProblemCode.IDEMPOTENCY_KEY_INVALID,
                            "keys that start with " + CommandEnvelope.OWN_IDS + " are our own"));
        }
        try {
            return new CommandId(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    new Problem(
                            ProblemCode.IDEMPOTENCY_KEY_INVALID, String.valueOf(e.getMessage())));
        }
    }
}
