package io.cartlog.projection.view;

import java.util.Set;

/// Which version is read, as this process knows it: looked up every now and then by somebody who
/// has the time, so that a read or a write need not ask.
public final class ViewVersions {
    private final ViewRegister register;
    private final ViewTables tables;
    private ViewState newest;
    private volatile Generation live;

    /// One version of the views, to be used for the whole of a request: two of them differ in
    /// details, even when both are right.
    public record Generation(int version, Views views) {}

    /// @param first what the register says at the start
    public ViewVersions(ViewRegister register, ViewTables tables, ViewState first) {
        this.register = register;
        this.tables = tables;
        this.newest = first;
        this.live = generation(first);
    }

    private Generation generation(ViewState state) {
        return new Generation(state.live(), tables.views(state.live()));
    }

    /// The version that is read now.
    public Generation live() {
        return live;
    }

    /// As last seen.
    public synchronized ViewState seen() {
        return newest;
    }

    /// Looks again.
    public ViewState look() throws InterruptedException {
        return seen(register.load());
    }

    /// @return false if somebody else was faster, or a partition is not level
    public boolean replace(ViewState before, ViewState after, Set<Integer> level)
            throws InterruptedException {
        boolean replaced = register.replace(before, after, level);
        if (replaced) {
            seen(after);
        } else {
            look();
        }
        return replaced;
    }

    /// An older answer may come later.
    private synchronized ViewState seen(ViewState state) {
        if (state.revision() > newest.revision()) {
            newest = state;
            if (live.version() != state.live()) {
                live = generation(state);
            }
        }
        return newest;
    }
}
