package io.cartlog.schemas.value;

/// Limits on free text that hold wherever text enters, in bytes of UTF-8; see [Text].
public final class Limits {
    public static final int CATEGORY = 60;
    public static final int DESCRIPTION = 120;
    public static final int COUNTRY = 40;
    public static final int BRAND = 60;

    private Limits() {}

    /// @throws IllegalArgumentException if the text is too long or has control characters
    public static String text(String what, String text, int maxBytes) {
        Text.check(what, text, maxBytes);
        return text;
    }
}
