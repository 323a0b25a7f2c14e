package io.cartlog.projection.view;

import java.math.BigDecimal;
import java.util.Map;

/// The value of an attribute, in one of the three forms that the table uses.
public sealed interface Attribute {

    record Text(String value) implements Attribute {}

    /// A decimal number; two that are equal in value are equal.
    record Decimal(BigDecimal value) implements Attribute {
        public Decimal {
            value = value.stripTrailingZeros();
        }

        @Override
        public String toString() {
            return value.toPlainString();
        }
    }

    record Group(Map<String, Attribute> members) implements Attribute {}

    static Attribute of(String text) {
        return new Text(text);
    }

    static Attribute of(long number) {
        return new Decimal(BigDecimal.valueOf(number));
    }

    static Attribute of(BigDecimal number) {
        return new Decimal(number);
    }

    /// The value as one text, the same for equal values: what digests are made of.
    default String canonical() {
        return switch (this) {
            case Text text -> "S:" + text.value();
            case Decimal number -> "N:" + number;
            case Group group -> "M:" + Row.canonical(group.members());
        };
    }
}
