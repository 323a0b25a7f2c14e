package io.cartlog.sink.verify;

import java.math.BigDecimal;

/// What stands in a range: events with the sum of their digests, and order lines with the sums of
/// their amounts.
record Tally(
        long rows, long digest, long orderLines, BigDecimal netAmount, BigDecimal salesAmount) {
    static final Tally NONE = new Tally(0, 0, 0, BigDecimal.ZERO, BigDecimal.ZERO);

    static Tally event(long digest) {
        return new Tally(1, digest, 0, BigDecimal.ZERO, BigDecimal.ZERO);
    }

    static Tally lines(long lines, BigDecimal netAmount, BigDecimal salesAmount) {
        return new Tally(0, 0, lines, netAmount, salesAmount);
    }

    Tally plus(Tally other) {
        return new Tally(
                rows + other.rows,
                digest + other.digest,
                orderLines + other.orderLines,
                netAmount.add(other.netAmount),
                salesAmount.add(other.salesAmount));
    }

    boolean sameEventsAs(Tally other) {
        return rows == other.rows && digest == other.digest;
    }

    boolean sameOrderLinesAs(Tally other) {
        return orderLines == other.orderLines
                && netAmount.compareTo(other.netAmount) == 0
                && salesAmount.compareTo(other.salesAmount) == 0;
    }
}
