package io.cartlog.schemas.value;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// An exact amount with at most 4 decimals and 18 digits in all, in the shop's one currency.
///
/// Written with two decimals, or more where they are needed: `199.99`, `0.001`, `5.00`.
public record Money(BigDecimal amount) implements Comparable<Money> {
    /// Decimals in every stored form (Avro, Parquet, warehouse).
    public static final int SCALE = 4;

    /// Digits in every stored form, decimals included.
    public static final int PRECISION = 18;

    public static final Money ZERO = new Money(BigDecimal.ZERO);

    /// @throws IllegalArgumentException if the amount has more than 4 decimals or 18 digits
    public Money {
        amount = canonical(amount);
    }

    /// @throws IllegalArgumentException if the text is no decimal number, or out of range
    public static Money of(String text) {
        if (text.length() > 40) {
            throw new IllegalArgumentException("an amount has at most 18 digits");
        }
        try {
            return new Money(new BigDecimal(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "an amount is a decimal number such as \"199.99\"", e);
        }
    }

    private static BigDecimal canonical(BigDecimal amount) {
        BigDecimal stripped = amount.stripTrailingZeros();
        if (stripped.scale() > SCALE) {
            throw new IllegalArgumentException("an amount has at most 4 decimals");
        }
        if (stripped.precision() - stripped.scale() > PRECISION - SCALE) {
            throw new IllegalArgumentException("an amount has at most 14 digits before the point");
        }
        return stripped.setScale(Math.max(2, stripped.scale()), RoundingMode.UNNECESSARY);
    }

    public Money times(int quantity) {
        return new Money(amount.multiply(BigDecimal.valueOf(quantity)));
    }

    public Money plus(Money other) {
        return new Money(amount.add(other.amount));
    }

    public boolean isNegative() {
        return amount.signum() < 0;
    }

    /// The amount with exactly [#SCALE] decimals, as it is stored.
    public BigDecimal stored() {
        return amount.setScale(SCALE, RoundingMode.UNNECESSARY);
    }

    @Override
    public int compareTo(Money other) {
        return amount.compareTo(other.amount);
    }

    @Override
    public String toString() {
        return amount.toPlainString();
    }
}
