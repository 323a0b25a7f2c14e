package io.cartlog.schemas.click;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// What a click did with its product.
public enum ClickAction {
    VIEW,
    CART,
    REMOVE_FROM_CART,
    PURCHASE;

    private static final String ALL =
            Arrays.stream(values()).map(ClickAction::text).collect(Collectors.joining(", "));

    /// As it is written everywhere: `remove_from_cart`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether nothing comes of it for the cart.
    public boolean isView() {
        return this == VIEW;
    }

    /// @throws IllegalArgumentException if the text is none of them
    public static ClickAction of(String text) {
        for (ClickAction action : values()) {
            if (action.text().equals(text)) {
                return action;
            }
        }
        throw new IllegalArgumentException("must be one of " + ALL);
    }
}
