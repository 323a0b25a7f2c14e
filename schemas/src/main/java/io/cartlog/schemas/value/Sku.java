package io.cartlog.schemas.value;

/// A product id as the shop writes it, at most 40 bytes, without `#`: `P-1001`, `85123A`, `BANK
/// CHARGES`.
public record Sku(String value) {
    private static final String PREFIX = "P-";

    /// @throws IllegalArgumentException if the text is blank, too long or has a forbidden character
    public Sku {
        Text.checkKey("a product id", value, 40);
    }

    /// The id as it stands in keys of the table, with the prefix `P-` (S0-11). Two ids that differ
    /// in that prefix only name the same product.
    public String key() {
        return value.startsWith(PREFIX) ? value : PREFIX + value;
    }

    @Override
    public String toString() {
        return value;
    }
}
