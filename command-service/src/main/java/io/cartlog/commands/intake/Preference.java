package io.cartlog.commands.intake;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How long a client likes to wait (`Prefer`, RFC 7240): `respond-async` not at all, with `wait=5`
/// five seconds, without it as long as the service waits.
///
/// @param async whether it was said
/// @param patience for the answer
record Preference(boolean async, Duration patience) {
    static final String APPLIED = "Preference-Applied";
    static final String RESPOND_ASYNC = "respond-async";
    private static final Pattern WAIT =
            Pattern.compile("wait\\s*=\\s*\"?([0-9]{1,6})\"?", Pattern.CASE_INSENSITIVE);

    /// @param longest that the service waits
    static Preference of(HttpServletRequest request, Duration longest) {
        boolean async = false;
        Duration said = Duration.ZERO;
        for (String header : Collections.list(request.getHeaders("Prefer"))) {
            for (String preference : header.split(",", -1)) {
                Matcher seconds = WAIT.matcher(preference.strip());
                async |= preference.strip().equalsIgnoreCase(RESPOND_ASYNC);
                if (seconds.matches()) {
                    said = Duration.ofSeconds(Long.parseLong(seconds.group(1)));
                }
            }
        }
        return new Preference(async, async && said.compareTo(longest) < 0 ? said : longest);
    }
}
