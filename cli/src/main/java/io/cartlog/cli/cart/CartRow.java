package io.cartlog.cli.cart;

import io.cartlog.cli.retail.Digest128;
import io.cartlog.schemas.value.CommandId;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An item of the cart table (S0-01). Numbers are the digits of the file.
///
/// @param order that bought it; of purchased items, and of no others
/// @param price of one; absent for saved items that have none
/// @param quantity absent for saved items that have none
public record CartRow(
        String account,
        Status status,
        @Nullable String order,
        Instant time,
        String product,
        @Nullable Integer quantity,
        @Nullable String price,
        @Nullable String category) {

    /// Where the item is.
    public enum Status {
        ACTIVE,
        SAVED,
        PURCHASED
    }

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    static CartRow of(String account, String status, String order, String time, String item) {
        JsonNode sku = item(item);
        CartRow row =
                new CartRow(
                        required("AccountID", account),
                        status(status),
                        order.isEmpty() ? null : order,
                        time(required("CreateTimestamp", time)),
                        required("ItemSKU.ProductId", text(sku, "ProductId")),
                        quantity(text(sku, "Quantity")),
                        text(sku, "Price"),
                        text(sku, "Category"));
        row.checkWhole();
        return row;
    }

    private static JsonNode item(String text) {
        try {
            JsonNode item = JSON.readTree(text);
            if (item.isObject()) {
                return item;
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("ItemSKU is no JSON: " + e.getOriginalMessage(), e);
        }
        throw new IllegalArgumentException("ItemSKU is no object");
    }

    private static @Nullable String text(JsonNode item, String name) {
        JsonNode field = item.path(name);
        if (field.isMissingNode() || field.isNull()) {
            return null;
        }
        return field.isNumber() ? field.decimalValue().toPlainString() : field.asString();
    }

    private static String required(String name, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return text;
    }

    /// @param text ISO-8601; UTC where it has no offset
    private static Instant time(String text) {
        try {
            return DateTimeFormatter.ISO_DATE_TIME
                    .withZone(ZoneOffset.UTC)
                    .parse(text.replace(' ', 'T'), Instant::from);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "CreateTimestamp is no time such as 2026-01-02T03:04:05Z", e);
        }
    }

    private static @Nullable Integer quantity(@Nullable String text) {
        try {
            return text == null ? null : new BigDecimal(text).intValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("ItemSKU.Quantity is no whole number", e);
        }
    }

    private static Status status(String text) {
        try {
            return Status.valueOf(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Status must be ACTIVE, SAVED or PURCHASED, not '%s'".formatted(text), e);
        }
    }

    private void checkWhole() {
        if (status == Status.PURCHASED != (order != null)) {
            throw new IllegalArgumentException(
                    order == null
                            ? "OrderId is missing: the item is PURCHASED"
                            : "OrderId must be empty: the item is " + status);
        }
        if (status != Status.SAVED) {
            requirePresent("ItemSKU.Quantity", quantity);
            requirePresent("ItemSKU.Price", price);
        }
    }

    private static void requirePresent(String name, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
    }

    /// Names the item: a digest of all that it has. So a row that is in the file twice, or in
    /// several files, is one item (S0-32).
    public CommandId key() {
        return new CommandId(
                "cart-"
                        + Digest128.of(
                                        List.of(
                                                account,
                                                status.name(),
                                                orEmpty(order),
                                                time.toString(),
                                                product,
                                                orEmpty(quantity),
                                                orEmpty(price),
                                                orEmpty(category)))
                                .hex());
    }

    private static String orEmpty(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
