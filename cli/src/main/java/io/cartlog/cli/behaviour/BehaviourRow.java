package io.cartlog.cli.behaviour;

import io.cartlog.cli.retail.Digest128;
import io.cartlog.schemas.click.Click;
import io.cartlog.schemas.click.ClickAction;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ClickId;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.Sku;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A row's nine columns (S2-01). Ids are text all the way: they are beyond what a float holds.
///
/// @param session as the site names the visit; null if it does not
/// @param price that was shown; there is one if the row is more than a view
public record BehaviourRow(
        Instant time,
        ClickAction action,
        Sku product,
        @Nullable String categoryId,
        @Nullable String category,
        @Nullable String brand,
        @Nullable Money price,
        AccountId account,
        @Nullable String session) {
    public static final List<String> COLUMNS =
            List.of(
                    "event_time",
                    "event_type",
                    "product_id",
                    "category_id",
                    "category_code",
                    "brand",
                    "price",
                    "user_id",
                    "user_session");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss[.SSS] 'UTC'", Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);

    /// A session that is longer than an order's number may be.
    private static final int LONGEST_IN_A_NUMBER = 38;

    /// @param fields as many as there are [#COLUMNS]
    /// @throws IllegalArgumentException if one is not as it must be, with its column's name
    static BehaviourRow of(String[] fields) {
        ClickAction action = read("event_type", () -> ClickAction.of(fields[1]));
        BehaviourRow row =
                new BehaviourRow(
                        read("event_time", () -> time(fields[0])),
                        action,
                        read("product_id", () -> new Sku(fields[2])),
                        orNull(fields[3]),
                        orNull(fields[4]),
                        orNull(fields[5]),
                        fields[6].isBlank() ? null : read("price", () -> price(fields[6])),
                        read("user_id", () -> new AccountId(fields[7])),
                        orNull(fields[8]));
        if (row.price == null && (action == ClickAction.CART || action == ClickAction.PURCHASE)) {
            throw new IllegalArgumentException("price is missing");
        }
        // Finds what no single column tells.
        var _ = row.click(new ClickId("any"), null);
        return row;
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read();
    }

    private static <T> T read(String column, Reader<T> reader) {
        try {
            return reader.read();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(column + ": " + e.getMessage(), e);
        }
    }

    private static Instant time(String text) {
        try {
            return LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no time such as 2019-10-01 00:00:00 UTC", e);
        }
    }

    private static Money price(String text) {
        Money price = Money.of(text);
        if (price.isNegative()) {
            throw new IllegalArgumentException("must not be negative");
        }
        return price;
    }

    private static @Nullable String orNull(String text) {
        return text.isBlank() ? null : text;
    }

    /// The row as a click.
    ///
    /// @param command that it led to
    public Click click(ClickId id, @Nullable CommandId command) {
        return new Click(
                id,
                account,
                session,
                action,
                time,
                product,
                categoryId,
                category,
                brand,
                price,
                command);
    }

    /// The order of a purchase: a visit is one order. Without a visit it is one of its own.
    ///
    /// @param id of the row's click
    public OrderId order(ClickId id) {
        String visit = session == null ? id.value() : session;
        return visit.length() <= LONGEST_IN_A_NUMBER && visit.indexOf('#') < 0
                ? new OrderId("S-" + visit)
                : new OrderId("S-" + Digest128.of(List.of(visit)).hex());
    }
}
