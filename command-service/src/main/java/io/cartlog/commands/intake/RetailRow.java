package io.cartlog.commands.intake;

import io.cartlog.commands.cart.CartLimits;
import io.cartlog.commands.intake.JsonFields.Field;
import io.cartlog.schemas.command.CartCommand.RecordPurchase;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.Limits;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.SaleKind;
import io.cartlog.schemas.value.Sku;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One line that a till sold, in the eight columns of the "Online Retail" data (S1-01).
///
/// Rules: a row without a customer belongs to a guest account of its invoice; `17850.0` is account
/// 17850; an invoice that starts with `C` is a return; one that starts with `A`, and a negative
/// quantity elsewhere, are adjustments; times without an offset are UTC.
///
/// @param account who bought
/// @param occurredAt when, to the millisecond
record RetailRow(AccountId account, Instant occurredAt, RecordPurchase purchase) {
    /// The field that tells a row from other commands.
    static final String INVOICE = "InvoiceNo";

    private static final String STOCK_CODE = "StockCode";
    private static final String DESCRIPTION = "Description";
    private static final String QUANTITY = "Quantity";
    private static final String DATE = "InvoiceDate";
    private static final String PRICE = "UnitPrice";
    private static final String CUSTOMER = "CustomerID";
    private static final String COUNTRY = "Country";
    private static final List<String> COLUMNS =
            List.of(INVOICE, STOCK_CODE, DESCRIPTION, QUANTITY, DATE, PRICE, CUSTOMER, COUNTRY);

    private static final DateTimeFormatter TILL_TIME =
            DateTimeFormatter.ofPattern("M/d/uuuu H:mm", Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);
    private static final Pattern QUANTITY_TEXT = Pattern.compile("-?[0-9]+");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("([0-9]+)\\.0+");

    /// @throws ProblemException if the row is not as it must be
    static RetailRow read(JsonFields fields) {
        Field<OrderId> order = fields.required(INVOICE, node -> new OrderId(id(node)));
        Field<Sku> sku = fields.required(STOCK_CODE, node -> new Sku(id(node)));
        Field<Text> description =
                fields.optional(DESCRIPTION, node -> Text.of(node, Limits.DESCRIPTION));
        Field<Integer> quantity = fields.required(QUANTITY, RetailRow::quantity);
        Field<Instant> time = fields.required(DATE, node -> time(JsonFields.text(node)));
        Field<Money> price = fields.required(PRICE, RetailRow::price);
        Field<Customer> customer = fields.optional(CUSTOMER, Customer::of);
        Field<Text> country = fields.optional(COUNTRY, node -> Text.of(node, Limits.COUNTRY));
        fields.fromPath(QUANTITY, () -> amountInBounds(quantity.orNull(), price.orNull()));
        Field<AccountId> account =
                fields.fromPath(CUSTOMER, () -> account(customer.orNull(), order.orNull()));
        fields.refuseInvalid();
        RecordPurchase purchase =
                new RecordPurchase(
                        order.value(),
                        sku.value(),
                        Text.orNull(description),
                        quantity.value(),
                        price.value(),
                        Text.orNull(country),
                        kind(order.value(), quantity.value()));
        return new RetailRow(account.value(), time.value(), purchase);
    }

    /// The row as it came, in the order of the columns.
    static Map<String, @Nullable JsonNode> echo(JsonFields fields) {
        Map<String, @Nullable JsonNode> row = new LinkedHashMap<>();
        COLUMNS.forEach(column -> row.put(column, fields.raw(column)));
        return row;
    }

    /// A free text; blank is the same as absent.
    private record Text(@Nullable String value) {
        static Text of(JsonNode node, int maxBytes) {
            return new Text(
                    CommandFields.blankToNull(
                            Limits.text("the text", JsonFields.text(node), maxBytes)));
        }

        static @Nullable String orNull(Field<Text> field) {
            Text text = field.orNull();
            return text == null ? null : text.value();
        }
    }

    /// A customer's number as it came.
    private record Customer(String text) {
        static Customer of(JsonNode node) {
            String text = node.isNumber() ? number(node) : JsonFields.text(node).strip();
            var whole = WHOLE_NUMBER.matcher(text);
            return new Customer(whole.matches() ? whole.group(1) : text);
        }

        private static String number(JsonNode node) {
            BigDecimal number = node.decimalValue().stripTrailingZeros();
            if (number.scale() > 0 || number.precision() - number.scale() > AccountId.MAX_LENGTH) {
                throw new IllegalArgumentException("must be a whole number of a customer");
            }
            return number.toPlainString();
        }
    }

    private static String id(JsonNode node) {
        return node.isIntegralNumber() ? node.asString() : JsonFields.text(node);
    }

    private static int quantity(JsonNode node) {
        int quantity = node.isString() ? parsed(node.stringValue()) : JsonFields.integer(node);
        if (quantity == 0) {
            throw new IllegalArgumentException("must not be 0");
        }
        return quantity;
    }

    private static int parsed(String text) {
        if (!QUANTITY_TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("must be a whole number of 32 bits");
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be a whole number of 32 bits", e);
        }
    }

    private static Money price(JsonNode node) {
        Money price = JsonFields.money(node);
        if (price.amount().abs().compareTo(CartLimits.PRICE.amount()) > 0) {
            throw new IllegalArgumentException("must be at most " + CartLimits.PRICE);
        }
        return price;
    }

    private static Boolean amountInBounds(@Nullable Integer quantity, @Nullable Money price) {
        if (quantity != null && price != null) {
            BigDecimal amount = price.amount().multiply(BigDecimal.valueOf(quantity)).abs();
            if (amount.compareTo(CartLimits.TILL_AMOUNT.amount()) > 0) {
                throw new IllegalArgumentException(
                        "quantity times price must be at most " + CartLimits.TILL_AMOUNT);
            }
        }
        return true;
    }

    private static Instant time(String text) {
        try {
            return CommandFields.bounded(text.indexOf('/') >= 0 ? tillTime(text) : isoTime(text));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "must be a time such as \"12/1/2010 8:26\" or \"2010-12-01T08:26:00Z\"", e);
        }
    }

    private static Instant tillTime(String text) {
        return LocalDateTime.parse(text, TILL_TIME).toInstant(ZoneOffset.UTC);
    }

    private static Instant isoTime(String text) {
        String iso = text.replace(' ', 'T');
        var parsed =
                DateTimeFormatter.ISO_DATE_TIME.parseBest(
                        iso, OffsetDateTime::from, LocalDateTime::from);
        return switch (parsed) {
            case OffsetDateTime offset -> offset.toInstant();
            case LocalDateTime local -> local.toInstant(ZoneOffset.UTC);
            default -> throw new DateTimeException("no date and time");
        };
    }

    /// @param order null if it is wrong, which is an error of its own
    private static AccountId account(@Nullable Customer customer, @Nullable OrderId order) {
        if (customer != null && !customer.text().isEmpty()) {
            return new AccountId(customer.text());
        }
        return AccountId.guest(Objects.requireNonNullElse(order, new OrderId("unknown")));
    }

    private static SaleKind kind(OrderId order, int quantity) {
        if (order.value().startsWith("C")) {
            return SaleKind.RETURN;
        }
        return order.value().startsWith("A") || quantity < 0 ? SaleKind.ADJUSTMENT : SaleKind.SALE;
    }
}
