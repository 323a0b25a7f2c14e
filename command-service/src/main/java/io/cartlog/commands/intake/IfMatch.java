package io.cartlog.commands.intake;

import io.cartlog.commands.problem.ProblemCode;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/// The header with the version of the account that the client has seen, as an entity tag: `"7"`.
/// The decider compares it; here it is only read.
final class IfMatch {
    private static final String ANY = "*";
    private static final Pattern TAG = Pattern.compile("\"([0-9]{1,18})\"");

    private IfMatch() {}

    /// @return the version, null if the header is not there or matches every version
    /// @throws ProblemException if it is no version
    static @Nullable Long optional(HttpServletRequest request) {
        Enumeration<String> all = request.getHeaders(HttpHeaders.IF_MATCH);
        if (!all.hasMoreElements()) {
            return null;
        }
        String text = all.nextElement().strip();
        return version(all.hasMoreElements() ? text + ", " + all.nextElement() : text);
    }

    /// As [#optional], where one must have looked before one acts.
    ///
    /// @throws ProblemException if the header is missing or is no version
    static @Nullable Long required(HttpServletRequest request) {
        if (request.getHeader(HttpHeaders.IF_MATCH) == null) {
            throw new ProblemException(
                    new Problem(
                            ProblemCode.PRECONDITION_REQUIRED,
                            "the If-Match header is missing: it says which version of the account"
                                    + " you have seen, or * if that does not matter"));
        }
        return optional(request);
    }

    private static @Nullable Long version(String text) {
        if (text.equals(ANY)) {
            return null;
        }
        Matcher tag = TAG.matcher(text);
        if (!tag.matches()) {
            throw new ProblemException(
                    new Problem(
                            ProblemCode.IF_MATCH_INVALID,
                            "If-Match must be one version as an answer's ETag had it, such as"
                                    + " \"7\", or *"));
        }
        return Long.valueOf(tag.group(1));
    }
}
