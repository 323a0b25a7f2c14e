package io.cartlog.projection.view;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// Read capacity units that one request has used, by what was read (S0-25). Used by one thread.
public final class CapacityMeter {
    private final Map<String, Double> units = new TreeMap<>();

    /// @param what `GSI1`, `GSI2` or `table`
    public void add(String what, double used) {
        units.merge(what, used, Double::sum);
    }

    public Map<String, Double> units() {
        return Collections.unmodifiableMap(units);
    }
}
