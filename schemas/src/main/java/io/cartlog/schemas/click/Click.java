package io.cartlog.schemas.click;

import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ClickId;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.schemas.value.Limits;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.Sku;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One thing that a shopper did on the site with one product (S2-01).
///
/// @param id unique within the account: a click that is sent twice is one
/// @param session the visit, as the site names it: 1 to 64 visible ASCII characters
/// @param occurredAt business time, to the millisecond
/// @param categoryId the site's number of the category: 1 to 20 digits, beyond what a float holds
/// @param price that was shown
/// @param command the idempotency key of the command that the click led to, if it led to one
public record Click(
        ClickId id,
        AccountId account,
        @Nullable String session,
        ClickAction action,
        Instant occurredAt,
        Sku sku,
        @Nullable String categoryId,
        @Nullable String category,
        @Nullable String brand,
        @Nullable Money price,
        @Nullable CommandId command) {
    private static final Pattern SESSION = Pattern.compile("[\\x21-\\x7e]{1,64}");
    private static final Pattern CATEGORY_ID = Pattern.compile("[0-9]{1,20}");

    /// @throws IllegalArgumentException if a text is longer than it may be, or of another shape
    public Click {
        if (session != null) {
            session(session);
        }
        if (categoryId != null) {
            categoryId(categoryId);
        }
        if (category != null) {
            Limits.text("a category", category, Limits.CATEGORY);
        }
        if (brand != null) {
            Limits.text("a brand", brand, Limits.BRAND);
        }
    }

    /// @throws IllegalArgumentException if the text names no visit
    public static String session(String text) {
        if (!SESSION.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a session is 1 to 64 visible ASCII characters without spaces");
        }
        return text;
    }

    /// @throws IllegalArgumentException if the text is no number of a category
    public static String categoryId(String text) {
        if (!CATEGORY_ID.matcher(text).matches()) {
            throw new IllegalArgumentException("a category's number is 1 to 20 digits");
        }
        return text;
    }
}
