package io.cartlog.schemas.avro;

import io.cartlog.schemas.click.Click;
import io.cartlog.schemas.click.ClickAction;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ClickId;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.schemas.value.Sku;
import io.cartlog.wire.ClickRecord;

/// Clicks in the wire format.
public final class ClickCodec implements Codec<Click> {
    private final WireFormat<ClickRecord> wire =
            new WireFormat<>(ReleasedSchemas.CLICK_V1, ClickRecord.class);

    @Override
    public byte[] toBytes(Click click) {
        CommandId command = click.command();
        return wire.encode(
                new ClickRecord(
                        click.id().value(),
                        click.account().value(),
                        click.session(),
                        click.action().text(),
                        click.occurredAt(),
                        click.sku().value(),
                        click.categoryId(),
                        click.category(),
                        click.brand(),
                        Values.decimal(click.price()),
                        command == null ? null : command.value()));
    }

    @Override
    public Click fromBytes(byte[] bytes) {
        ClickRecord message = wire.decode(bytes);
        String command = message.getCommandId();
        try {
            return new Click(
                    new ClickId(message.getClickId()),
                    new AccountId(message.getAccount()),
                    message.getSession(),
                    ClickAction.of(message.getAction()),
                    message.getOccurredAt(),
                    new Sku(message.getSku()),
                    message.getCategoryId(),
                    message.getCategory(),
                    message.getBrand(),
                    Values.money(message.getUnitPrice()),
                    command == null ? null : new CommandId(command));
        } catch (IllegalArgumentException e) {
            throw new UnreadableRecordException("a click with a value that is none", e);
        }
    }
}
