package io.cartlog.schemas.avro;

import io.cartlog.schemas.reply.CartReply;
import io.cartlog.schemas.reply.CartReply.Accepted;
import io.cartlog.schemas.reply.CartReply.ActionRefused;
import io.cartlog.schemas.reply.CartReply.CartEmpty;
import io.cartlog.schemas.reply.CartReply.CommandIdReused;
import io.cartlog.schemas.reply.CartReply.ItemNotInCart;
import io.cartlog.schemas.reply.CartReply.ItemNotSaved;
import io.cartlog.schemas.reply.CartReply.NothingToUndo;
import io.cartlog.schemas.reply.CartReply.Pending;
import io.cartlog.schemas.reply.CartReply.PriceUnknown;
import io.cartlog.schemas.reply.CartReply.QuantityAboveLimit;
import io.cartlog.schemas.reply.CartReply.Refusal;
import io.cartlog.schemas.reply.CartReply.TooManyLines;
import io.cartlog.schemas.reply.CartReply.TooMuchRemembered;
import io.cartlog.schemas.reply.CartReply.Unknown;
import io.cartlog.schemas.reply.CartReply.VersionConflict;
import io.cartlog.schemas.reply.ReplyEnvelope;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.schemas.value.Sku;
import io.cartlog.wire.ReplyRecord;

/// Replies in the wire format.
public final class ReplyCodec implements Codec<ReplyEnvelope> {
    private final WireFormat<ReplyRecord> wire =
            new WireFormat<>(ReleasedSchemas.REPLY_V1, ReplyRecord.class);

    @Override
    public byte[] toBytes(ReplyEnvelope envelope) {
        return wire.encode(
                new ReplyRecord(
                        envelope.commandId().value(),
                        envelope.account().value(),
                        envelope.version(),
                        envelope.replayed(),
                        outcome(envelope.reply())));
    }

    @Override
    public ReplyEnvelope fromBytes(byte[] bytes) {
        ReplyRecord message = wire.decode(bytes);
        try {
            return new ReplyEnvelope(
                    new CommandId(message.getCommandId()),
                    new AccountId(message.getAccount()),
                    message.getVersion(),
                    message.getReplayed(),
                    reply(message.getOutcome()));
        } catch (IllegalArgumentException e) {
            throw new UnreadableRecordException("a reply with a value that is none", e);
        }
    }

    private static Object outcome(CartReply reply) {
        return switch (reply) {
            case Accepted r ->
                    new io.cartlog.wire.Accepted(
                            r.events().stream().map(EventCodec::toRecord).toList());
            case ItemNotInCart r -> new io.cartlog.wire.ItemNotInCart(r.sku().value());
            case ItemNotSaved r -> new io.cartlog.wire.ItemNotSaved(r.sku().value());
            case CartEmpty _ -> new io.cartlog.wire.CartEmpty();
            case QuantityAboveLimit r ->
                    new io.cartlog.wire.QuantityAboveLimit(
                            r.sku().value(), r.inCart(), r.requested(), r.limit());
            case TooManyLines r ->
                    new io.cartlog.wire.TooManyLines(
                            Values.toWire(r.status()), r.lines(), r.limit());
            case PriceUnknown r ->
                    new io.cartlog.wire.PriceUnknown(r.skus().stream().map(Sku::value).toList());
            case CommandIdReused r -> new io.cartlog.wire.CommandIdReused(r.firstVersion());
            case VersionConflict r ->
                    new io.cartlog.wire.VersionConflict(
                            r.expected(), r.actual(), Values.linesToWire(r.cart()));
            case NothingToUndo r ->
                    new io.cartlog.wire.NothingToUndo(r.version(), r.lastUndoable());
            case ActionRefused r ->
                    new io.cartlog.wire.ActionRefused(r.index(), outcome(r.refusal()));
            case TooMuchRemembered r ->
                    new io.cartlog.wire.TooMuchRemembered(r.kilobytes(), r.limit());
            case Pending _ -> new io.cartlog.wire.Pending();
            case Unknown _ -> new io.cartlog.wire.Unknown();
        };
    }

    private static CartReply reply(Object outcome) {
        return switch (outcome) {
            case io.cartlog.wire.Accepted r ->
                    new Accepted(r.getEvents().stream().map(EventCodec::fromRecord).toList());
            case io.cartlog.wire.ItemNotInCart r -> new ItemNotInCart(new Sku(r.getSku()));
            case io.cartlog.wire.ItemNotSaved r -> new ItemNotSaved(new Sku(r.getSku()));
            case io.cartlog.wire.CartEmpty _ -> new CartEmpty();
            case io.cartlog.wire.QuantityAboveLimit r ->
                    new QuantityAboveLimit(
                            new Sku(r.getSku()), r.getInCart(), r.getRequested(), r.getLimit());
            case io.cartlog.wire.TooManyLines r ->
                    new TooManyLines(Values.fromWire(r.getStatus()), r.getLines(), r.getLimit());
            case io.cartlog.wire.PriceUnknown r ->
                    new PriceUnknown(r.getSkus().stream().map(Sku::new).toList());
            case io.cartlog.wire.CommandIdReused r -> new CommandIdReused(r.getFirstVersion());
            case io.cartlog.wire.VersionConflict r ->
                    new VersionConflict(
                            r.getExpected(), r.getActual(), Values.linesFromWire(r.getCart()));
            case io.cartlog.wire.NothingToUndo r ->
                    new NothingToUndo(r.getVersion(), r.getLastUndoable());
            case io.cartlog.wire.ActionRefused r ->
                    new ActionRefused(r.getIndex(), refusal(r.getRefusal()));
            case io.cartlog.wire.TooMuchRemembered r ->
                    new TooMuchRemembered(r.getKilobytes(), r.getLimit());
            case io.cartlog.wire.Pending _ -> new Pending();
            case io.cartlog.wire.Unknown _ -> new Unknown();
            default ->
                    throw new UnreadableRecordException(
                            "a reply of the unknown kind " + outcome.getClass().getSimpleName());
        };
    }

    private static Refusal refusal(Object outcome) {
        if (reply(outcome) instanceof Refusal refusal) {
            return refusal;
        }
        throw new UnreadableRecordException(
                "a refusal that is a " + outcome.getClass().getSimpleName());
    }
}
