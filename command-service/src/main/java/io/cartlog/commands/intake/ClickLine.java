package io.cartlog.commands.intake;

import io.cartlog.commands.intake.JsonFields.Field;
import io.cartlog.schemas.click.Click;
import io.cartlog.schemas.click.ClickAction;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ClickId;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.schemas.value.Limits;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.Sku;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One line of a batch of clicks. What a site does not know it leaves out, or says null; a brand or
/// category of blanks is none.
final class ClickLine {
    private ClickLine() {}

    /// @throws ProblemException if the line is no click
    static Click read(byte[] bytes, int offset, int length) {
        JsonFields fields = JsonFields.parse(bytes, offset, length);
        Field<ClickId> id = fields.required("clickId", node -> new ClickId(JsonFields.text(node)));
        Field<AccountId> account =
                fields.required("account", node -> new AccountId(JsonFields.text(node)));
        Field<String> session =
                fields.optional("session", node -> Click.session(JsonFields.text(node)));
        Field<ClickAction> action =
                fields.required("action", node -> ClickAction.of(JsonFields.text(node)));
        Field<Instant> occurredAt =
                fields.required("occurredAt", node -> CommandFields.instant(JsonFields.text(node)));
        Field<Sku> sku = CommandFields.productId(fields);
        Field<String> categoryId =
                fields.optional("categoryId", node -> Click.categoryId(JsonFields.text(node)));
        Field<String> category = CommandFields.category(fields);
        Field<String> brand =
                fields.optional(
                        "brand",
                        node -> Limits.text("a brand", JsonFields.text(node), Limits.BRAND));
        Field<Money> price = fields.optional("price", CommandFields::price);
        Field<CommandId> command =
                fields.optional("commandId", node -> new CommandId(JsonFields.text(node)));
        fields.refuseInvalid();
        return new Click(
                id.value(),
                account.value(),
                session.orNull(),
                action.value(),
                occurredAt.value(),
                sku.value(),
                categoryId.orNull(),
                said(category),
                said(brand),
                price.orNull(),
                command.orNull());
    }

    private static @Nullable String said(Field<String> field) {
        String text = field.orNull();
        return text == null ? null : CommandFields.blankToNull(text);
    }
}
