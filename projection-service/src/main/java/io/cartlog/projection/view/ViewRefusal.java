package io.cartlog.projection.view;

import java.util.Set;

/// Why the views, or their versions, are not changed as somebody wants, with what explains it.
public sealed interface ViewRefusal {

    /// There is no view of this name.
    record ViewNotFound(String view) implements ViewRefusal {}

    /// One rebuild at a time.
    record RebuildRunning(int version) implements ViewRefusal {}

    /// There is nothing to promote, to go back to, to compare with or to drop.
    record NoOtherVersion(String detail) implements ViewRefusal {}

    /// The version may lack something that the live one shows.
    ///
    /// @param partitions of the log of which it is not known to be level
    record NotLevel(int version, Set<Integer> partitions) implements ViewRefusal {}

    /// @param changes items that the promotion would change
    /// @param most how many it may change
    record TooManyChanges(int version, long changes, long most) implements ViewRefusal {}

    /// The log has no record there.
    record RecordNotFound(Place at) implements ViewRefusal {}

    /// No account waits for this record.
    record NotParked(Place at) implements ViewRefusal {}
}
