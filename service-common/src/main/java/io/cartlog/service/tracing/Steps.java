package io.cartlog.service.tracing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Steps that end together, because what they wait for is done for many records at once. Holds so
/// many; the others of a busier moment are not followed here. For one thread at a time.
public final class Steps {
    /// The collector's queue has place for twice as many.
    public static final int MOST = 1_000;

    private final List<Step> steps = new ArrayList<>();

    public boolean isFull() {
        return steps.size() >= MOST;
    }

    public int size() {
        return steps.size();
    }

    /// @param step null if nobody follows the record
    public void add(@Nullable Step step) {
        if (step != null) {
            steps.add(step);
        }
    }

    public void forEach(Consumer<Step> each) {
        steps.forEach(each);
    }

    /// The work is done.
    public void end() {
        steps.forEach(Step::close);
        steps.clear();
    }

    /// The work cannot be done.
    public void fail(Throwable why) {
        steps.forEach(step -> step.failed(why.getClass().getName()));
        end();
    }
}
