package io.cartlog.projection.view;

import io.cartlog.schemas.value.AccountId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// All decisions to go on without something. Whoever folds the log, for whatever purpose, heeds
/// them, so that all come to the same view.
public final class Skips {
    public static final Skips NONE = new Skips(List.of());

    private record Gap(AccountId account, long after) {}

    private final List<Skip> all;
    private final Set<Place> places;
    private final Set<Gap> gaps;

    public Skips(Collection<Skip> all) {
        this.all = List.copyOf(all);
        this.places = all.stream().map(Skip::at).collect(Collectors.toUnmodifiableSet());
        this.gaps =
                all.stream()
                        .map(skip -> new Gap(skip.account(), skip.after()))
                        .collect(Collectors.toUnmodifiableSet());
    }

    public List<Skip> all() {
        return all;
    }

    /// Whether the record there is one to go on without.
    public boolean has(Place at) {
        return places.contains(at);
    }

    /// Whether versions may be missing after this one.
    public boolean allowGap(AccountId account, long after) {
        return !gaps.isEmpty() && gaps.contains(new Gap(account, after));
    }

    /// Whether the account's event can follow a version.
    public boolean allow(AccountId account, long version, long next) {
        return next == version + 1 || allowGap(account, version);
    }
}
