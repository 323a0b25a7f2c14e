package io.cartlog.schemas.avro;

import static io.cartlog.schemas.avro.Values.decimal;
import static io.cartlog.schemas.avro.Values.fromWire;
import static io.cartlog.schemas.avro.Values.linesFromWire;
import static io.cartlog.schemas.avro.Values.linesToWire;
import static io.cartlog.schemas.avro.Values.money;
import static io.cartlog.schemas.avro.Values.savedFromWire;
import static io.cartlog.schemas.avro.Values.savedToWire;
import static io.cartlog.schemas.avro.Values.toWire;

import io.cartlog.schemas.command.CartCommand;
import io.cartlog.schemas.command.CartCommand.Action;
import io.cartlog.schemas.command.CartCommand.AddItem;
import io.cartlog.schemas.command.CartCommand.Batch;
import io.cartlog.schemas.command.CartCommand.CannotHandOver;
import io.cartlog.schemas.command.CartCommand.CheckOut;
import io.cartlog.schemas.command.CartCommand.ClearCart;
import io.cartlog.schemas.command.CartCommand.HandOver;
import io.cartlog.schemas.command.CartCommand.LookUp;
import io.cartlog.schemas.command.CartCommand.MergeCart;
import io.cartlog.schemas.command.CartCommand.MoveToCart;
import io.cartlog.schemas.command.CartCommand.Receive;
import io.cartlog.schemas.command.CartCommand.RecordPurchase;
import io.cartlog.schemas.command.CartCommand.RemoveItem;
import io.cartlog.schemas.command.CartCommand.RemoveSavedItem;
import io.cartlog.schemas.command.CartCommand.SaveForLater;
import io.cartlog.schemas.command.CartCommand.SaveItem;
import io.cartlog.schemas.command.CartCommand.SetQuantity;
import io.cartlog.schemas.command.CartCommand.TakeBack;
import io.cartlog.schemas.command.CartCommand.UndoLast;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Commands in the wire format.
public final class CommandCodec implements Codec<CommandEnvelope> {
    private final WireFormat<CommandRecord> wire =
            new WireFormat<>(ReleasedSchemas.COMMAND_V1, CommandRecord.class);

    @Override
    public byte[] toBytes(CommandEnvelope envelope) {
        return wire.encode(
                toRecord(envelope, envelope.commandId().value(), envelope.expectedVersion()));
    }

    @Override
    public CommandEnvelope fromBytes(byte[] bytes) {
        CommandRecord message = wire.decode(bytes);
        try {
            return new CommandEnvelope(
                    new CommandId(message.getCommandId()),
                    new AccountId(message.getAccount()),
                    message.getOccurredAt(),
                    message.getExpectedVersion(),
                    command(message.getPayload()));
        } catch (IllegalArgumentException e) {
            throw new UnreadableRecordException("a command with a value that is none", e);
        }
    }

    /// What the command says, apart from its id and its condition: two commands with the same
    /// fingerprint are the same wish. The first 8 bytes of the SHA-256 of the command's bytes
    /// without those two.
    public long fingerprint(CommandEnvelope envelope) {
        byte[] content = wire.encode(toRecord(envelope, "", null));
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(content)).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CommandRecord toRecord(
            CommandEnvelope envelope, String commandId, @Nullable Long expectedVersion) {
        return new CommandRecord(
                commandId,
                envelope.account().value(),
                envelope.occurredAt(),
                expectedVersion,
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
            case ClearCart _ -> new io.cartlog.wire.ClearCart();
            case Batch c ->
                    new io.cartlog.wire.Batch(
                            c.actions().stream().map(CommandCodec::payload).toList());
            case MergeCart c ->
                    new io.cartlog.wire.MergeCart(c.guest().value(), toWire(c.policy()));
            case UndoLast _ -> new io.cartlog.wire.UndoLast();
            case LookUp c -> new io.cartlog.wire.LookUp(c.command().value());
            case HandOver c ->
                    new io.cartlog.wire.HandOver(
                            c.merge().value(),
                            c.fingerprint(),
                            c.to().value(),
                            toWire(c.policy()),
                            c.expectedVersion());
            case Receive c ->
                    new io.cartlog.wire.Receive(
                            c.merge().value(),
                            c.fingerprint(),
                            c.guest().value(),
                            toWire(c.policy()),
                            linesToWire(c.lines()),
                            savedToWire(c.saved()));
            case CannotHandOver c ->
                    new io.cartlog.wire.CannotHandOver(
                            c.merge().value(),
                            c.fingerprint(),
                            c.guest().value(),
                            toWire(c.list()),
                            c.lines());
            case TakeBack c ->
                    new io.cartlog.wire.TakeBack(
                            c.from().value(), linesToWire(c.lines()), savedToWire(c.saved()));
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
            case io.cartlog.wire.ClearCart _ -> new ClearCart();
            case io.cartlog.wire.Batch c -> new Batch(actions(c.getActions()));
            case io.cartlog.wire.MergeCart c ->
                    new MergeCart(new AccountId(c.getGuest()), fromWire(c.getPolicy()));
            case io.cartlog.wire.UndoLast _ -> new UndoLast();
            case io.cartlog.wire.LookUp c -> new LookUp(new CommandId(c.getCommand()));
            case io.cartlog.wire.HandOver c ->
                    new HandOver(
                            new CommandId(c.getMerge()),
                            c.getMergeFingerprint(),
                            new AccountId(c.getTo()),
                            fromWire(c.getPolicy()),
                            c.getMergeVersion());
            case io.cartlog.wire.Receive c ->
                    new Receive(
                            new CommandId(c.getMerge()),
                            c.getMergeFingerprint(),
                            new AccountId(c.getGuest()),
                            fromWire(c.getPolicy()),
                            linesFromWire(c.getLines()),
                            savedFromWire(c.getSaved()));
            case io.cartlog.wire.CannotHandOver c ->
                    new CannotHandOver(
                            new CommandId(c.getMerge()),
                            c.getMergeFingerprint(),
                            new AccountId(c.getGuest()),
                            fromWire(c.getList()),
                            c.getLines());
            case io.cartlog.wire.TakeBack c ->
                    new TakeBack(
                            new AccountId(c.getFrom()),
                            linesFromWire(c.getLines()),
                            savedFromWire(c.getSaved()));
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

    private static List<Action> actions(List<Object> payloads) {
        return payloads.stream().map(CommandCodec::action).toList();
    }

    private static Action action(Object payload) {
        if (command(payload) instanceof Action action) {
            return action;
        }
        throw new UnreadableRecordException(
                "a batch with a " + payload.getClass().getSimpleName() + " in it");
    }
}
