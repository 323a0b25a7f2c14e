package io.cartlog.commands.intake;

import io.cartlog.commands.cart.CartLimits;
import io.cartlog.commands.intake.JsonFields.Field;
import io.cartlog.schemas.command.CartCommand.AddItem;
import io.cartlog.schemas.command.CartCommand.MergeCart;
import io.cartlog.schemas.command.CartCommand.MoveToCart;
import io.cartlog.schemas.command.CartCommand.SaveItem;
import io.cartlog.schemas.command.CartCommand.SetQuantity;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.Limits;
import io.cartlog.schemas.value.MergePolicy;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.Sku;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The commands' fields in JSON. Each method reads its fields and gives what makes the command of
/// them once they are checked.
final class CommandFields {
    private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private CommandFields() {}

    static Supplier<AddItem> addItem(JsonFields fields) {
        Field<Sku> sku = productId(fields);
        Field<Integer> quantity = fields.required("quantity", CommandFields::quantity);
        Field<Money> price = fields.required("price", CommandFields::price);
        Field<String> category = category(fields);
        return () -> new AddItem(sku.value(), quantity.value(), price.value(), category.orNull());
    }

    static Supplier<SetQuantity> setQuantity(JsonFields fields, Field<Sku> sku) {
        Field<Integer> quantity = fields.required("quantity", CommandFields::quantity);
        return () -> new SetQuantity(sku.value(), quantity.value());
    }

    static Supplier<MoveToCart> moveToCart(JsonFields fields, Field<Sku> sku) {
        Field<Integer> quantity = fields.optional("quantity", CommandFields::quantity);
        Field<Money> price = fields.optional("price", CommandFields::price);
        return () -> new MoveToCart(sku.value(), quantity.orNull(), price.orNull());
    }

    static Supplier<SaveItem> saveItem(JsonFields fields) {
        Field<Sku> sku = productId(fields);
        Field<String> category = category(fields);
        return () -> new SaveItem(sku.value(), category.orNull());
    }

    /// @param account that the guest's cart is merged into
    static Supplier<MergeCart> merge(JsonFields fields, String account) {
        fields.fromPath("account", () -> customer(account));
        Field<AccountId> guest =
                fields.required("guest", node -> guest(new AccountId(JsonFields.text(node))));
        Field<MergePolicy> policy =
                fields.optional("policy", node -> policy(JsonFields.text(node)));
        return () ->
                new MergeCart(
                        guest.value(),
                        Objects.requireNonNullElse(policy.orNull(), MergePolicy.SUM));
    }

    private static String customer(String account) {
        if (account.startsWith(AccountId.GUEST)) {
            throw new IllegalArgumentException("is a guest's; carts are merged into a customer's");
        }
        return account;
    }

    private static AccountId guest(AccountId account) {
        if (!account.isGuest()) {
            throw new IllegalArgumentException("is no guest's; theirs start with guest-");
        }
        return account;
    }

    private static MergePolicy policy(String text) {
        return switch (text) {
            case "sum" -> MergePolicy.SUM;
            case "max" -> MergePolicy.MAX;
            case "keep" -> MergePolicy.KEEP;
            case "replace" -> MergePolicy.REPLACE;
            default -> throw new IllegalArgumentException("must be sum, max, keep or replace");
        };
    }

    static Field<Sku> productId(JsonFields fields) {
        return fields.required("productId", node -> new Sku(JsonFields.text(node)));
    }

    /// Business time where it is not the log's.
    static Field<Instant> occurredAt(JsonFields fields) {
        return fields.optional("occurredAt", node -> instant(JsonFields.text(node)));
    }

    static Field<String> category(JsonFields fields) {
        return fields.optional(
                "category",
                node -> Limits.text("a category", JsonFields.text(node), Limits.CATEGORY));
    }

    private static int quantity(JsonNode node) {
        int quantity = JsonFields.integer(node);
        if (quantity < 1) {
            throw new IllegalArgumentException("must be at least 1");
        }
        return quantity;
    }

    static Money price(JsonNode node) {
        Money price = JsonFields.money(node);
        if (price.isNegative()) {
            throw new IllegalArgumentException("must not be negative");
        }
        if (price.compareTo(CartLimits.PRICE) > 0) {
            throw new IllegalArgumentException("must be at most " + CartLimits.PRICE);
        }
        return price;
    }

    /// @param text ISO-8601 with an offset
    /// @throws IllegalArgumentException if it is none, or not between 1970 and 9999
    static Instant instant(String text) {
        try {
            return bounded(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "must be a time such as \"2026-01-02T03:04:05.678Z\"", e);
        }
    }

    static Instant bounded(Instant time) {
        Instant millis = time.truncatedTo(ChronoUnit.MILLIS);
        if (millis.isBefore(FIRST) || millis.isAfter(LAST)) {
            throw new IllegalArgumentException("must lie between 1970 and 9999");
        }
        return millis;
    }

    static @Nullable String blankToNull(String text) {
        return text.isBlank() ? null : text;
    }
}
