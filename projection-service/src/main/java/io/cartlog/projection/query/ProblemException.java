package io.cartlog.projection.query;

import io.cartlog.projection.view.Parked;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A question that cannot be answered, and why, as the caller is told.
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemCode code;
    private final transient Map<String, Object> members = new LinkedHashMap<>();

    ProblemException(ProblemCode code, String detail) {
        super(detail);
        this.code = code;
    }

    static ProblemException parameter(String parameter, String detail) {
        return new ProblemException(ProblemCode.INVALID_PARAMETER, detail)
                .with("parameter", parameter);
    }

    /// @param shown version that the read model has
    /// @param wanted version that the account is known to have
    /// @param parked why the view stands still; null if it does not
    static ProblemException behind(long shown, long wanted, @Nullable Parked parked) {
        String missing =
                wanted > shown
                        ? "the read model shows version %d, version %d is known to be there"
                                .formatted(shown, wanted)
                        : "the read model may lack versions after " + shown;
        String detail =
                parked == null
                        ? missing
                        : missing
                                + "; since %s it waits for a record that cannot be applied"
                                        .formatted(parked.since());
        return new ProblemException(ProblemCode.READ_MODEL_BEHIND, detail)
                .with("version", shown)
                .with("wanted", wanted);
    }

    /// The same with one more member in the problem.
    ProblemException with(String member, Object value) {
        members.put(member, value);
        return this;
    }

    ProblemCode code() {
        return code;
    }

    Map<String, Object> members() {
        return Collections.unmodifiableMap(members);
    }
}
