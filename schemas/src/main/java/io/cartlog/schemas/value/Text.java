package io.cartlog.schemas.value;

import java.nio.charset.StandardCharsets;

/// The limits of free text: they keep every stored item below 1 KB (S0-01).
final class Text {
    private Text() {}

    /// @throws IllegalArgumentException if the text is blank, longer than `maxBytes` in UTF-8, or
    ///   has a control character or `#`, which parts the keys of the table
    static void checkKey(String what, String text, int maxBytes) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(what + " must not be blank");
        }
        if (text.indexOf('#') >= 0) {
            throw new IllegalArgumentException(what + " must not contain '#'");
        }
        check(what, text, maxBytes);
    }

    static void check(String what, String text, int maxBytes) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                throw new IllegalArgumentException(what + " must not contain control characters");
            }
        }
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > maxBytes) {
            throw new IllegalArgumentException(
                    what + " has " + bytes + " bytes, at most " + maxBytes + " are allowed");
        }
    }
}
