package io.cartlog.schemas.avro;

import static io.cartlog.schemas.avro.Values.decimal;
import static io.cartlog.schemas.avro.Values.money;

import io.cartlog.schemas.command.CartCommand;
import io.cartlog.schemas.command.CartCommand.AddItem;
import io.cartlog.schemas.command.CartCommand.CheckOut;
import io.cartlog.schemas.command.CartCommand.MoveToCart;
import io.cartlog.schemas.command.CartCommand.RecordPurchase;
import io.cartlog.schemas.command.CartCommand.RemoveItem;
import io.cartlog.schemas.command.CartCommand.RemoveSavedItem;
import io.cartlog.schemas.command.CartCommand.SaveForLater;
import io.cartlog.schemas.command.CartCommand.SaveItem;
import io.cartlog.schemas.command.CartCommand.SetQuantity;
import io.cartlog.schemas.command.CommandEnvelope;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.SaleKind;
import io.cartlog.schemas.value.Sku;
import io.cartlog.wire.CommandRecord;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Commands in the wire format.
public final class CommandCodec implements Codec<CommandEnvelope> {
    private final WireFormat<CommandRecord> wire =
            new WireFormat<>(ReleasedSchemas.COMMAND_V1, CommandRecord.getClassSchema());

    @Override
    public byte[] toBytes(CommandEnvelope envelope) {
        return wire.encode(toRecord(envelope, envelope.commandId().value()));
    }

    @Override
    public CommandEnvelope fromBytes(byte[] bytes) {
        CommandRecord message = wire.decode(bytes);
        try {
            return new CommandEnvelope(
                    new CommandId(message.getCommandId()),
                    new AccountId(message.getAccount()),
                    message.getOccurredAt(),
                    command(message.getPayload()));
        } catch (IllegalArgumentException e) {
            throw new UnreadableRecordException("a command with a value that is none", e);
        }
    }

    /// What the command says, apart from its id: two commands with the same fingerprint are the
    /// same wish. The first 8 bytes of the SHA-256 of the command's bytes without its id.
    public long fingerprint(CommandEnvelope envelope) {
        byte[] content = wire.encode(toRecord(envelope, ""));
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(content)).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CommandRecord toRecord(CommandEnvelope envelope, String commandId) {
        return new CommandRecord(
                commandId,
                envelope.account().value(),
                envelope.occurredAt(),
                payload(envelope.command()));
    }

    private static Object payload(CartCommand command) {
        return switch (command) {
            case AddItem c ->
                    new io.cartlog.wire.AddItem(
                            c.sku().value(), c.quantity(), c.unitPrice().stored(), c.category());
            case SetQuantity c -> new io.cartlog.wire.SetQuantity(c.sku().value(), c.quantity());
            case RemoveItem c -> new io.cartlog.wire.RemoveItem(c.sku().value());
            case SaveForLater c -> new io.cartlog.wire.SaveForLater(c.sku().value());
            case MoveToCart c ->
                    new io.cartlog.wire.MoveToCart(
                            c.sku().value(), c.quantity(), decimal(c.unitPrice()));
            case SaveItem c -> new io.cartlog.wire.SaveItem(c.sku().value(), c.category());
            case RemoveSavedItem c -> new io.cartlog.wire.RemoveSavedItem(c.sku().value());
            case CheckOut _ -> new io.cartlog.wire.CheckOut();
            case RecordPurchase c ->
                    new io.cartlog.wire.RecordPurchase(
                            c.orderId().value(),
                            c.sku().value(),
                            c.description(),
                            c.quantity(),
                            c.unitPrice().stored(),
                            c.country(),
                            io.cartlog.wire.PurchaseKind.valueOf(c.kind().name()));
        };
    }

    private static CartCommand command(Object payload) {
        return switch (payload) {
            case io.cartlog.wire.AddItem c ->
                    new AddItem(
                            new Sku(c.getSku()),
                            c.getQuantity(),
                            new Money(c.getUnitPrice()),
                            c.getCategory());
            case io.cartlog.wire.SetQuantity c ->
                    new SetQuantity(new Sku(c.getSku()), c.getQuantity());
            case io.cartlog.wire.RemoveItem c -> new RemoveItem(new Sku(c.getSku()));
            case io.cartlog.wire.SaveForLater c -> new SaveForLater(new Sku(c.getSku()));
            case io.cartlog.wire.MoveToCart c ->
                    new MoveToCart(new Sku(c.getSku()), c.getQuantity(), money(c.getUnitPrice()));
            case io.cartlog.wire.SaveItem c -> new SaveItem(new Sku(c.getSku()), c.getCategory());
            case io.cartlog.wire.RemoveSavedItem c -> new RemoveSavedItem(new Sku(c.getSku()));
            case io.cartlog.wire.CheckOut _ -> new CheckOut();
            case io.cartlog.wire.RecordPurchase c ->
                    new RecordPurchase(
                            new OrderId(c.getOrderId()),
                            new Sku(c.getSku()),
                            c.getDescription(),
                            c.getQuantity(),
                            new Money(c.getUnitPrice()),
                            c.getCountry(),
                            SaleKind.valueOf(c.getKind().name()));
            default ->
                    throw new UnreadableRecordException(
                            "a command of the unknown kind " + payload.getClass().getSimpleName());
        };
    }
}
