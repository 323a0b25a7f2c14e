package io.cartlog.schemas.avro;

import io.cartlog.schemas.reply.CartReply;
import io.cartlog.schemas.reply.CartReply.Accepted;
import io.cartlog.schemas.reply.CartReply.CartEmpty;
import io.cartlog.schemas.reply.CartReply.CommandIdReused;
import io.cartlog.schemas.reply.CartReply.ItemNotInCart;
import io.cartlog.schemas.reply.CartReply.ItemNotSaved;
import io.cartlog.schemas.reply.CartReply.PriceUnknown;
import io.cartlog.schemas.reply.CartReply.QuantityAboveLimit;
import io.cartlog.schemas.reply.CartReply.TooManyLines;
import io.cartlog.schemas.reply.ReplyEnvelope;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.schemas.value.ItemStatus;
import io.cartlog.schemas.value.Sku;
import io.cartlog.wire.ReplyRecord;

/// Replies in the wire format.
public final class ReplyCodec implements Codec<ReplyEnvelope> {
    private final WireFormat<ReplyRecord> wire =
            new WireFormat<>(ReleasedSchemas.REPLY_V1, ReplyRecord.getClassSchema());

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
                            io.cartlog.wire.ListStatus.valueOf(r.status().name()),
                            r.lines(),
                            r.limit());
            case PriceUnknown r ->
                    new io.cartlog.wire.PriceUnknown(r.skus().stream().map(Sku::value).toList());
            case CommandIdReused r -> new io.cartlog.wire.CommandIdReused(r.firstVersion());
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
                    new TooManyLines(
                            ItemStatus.valueOf(r.getStatus().name()), r.getLines(), r.getLimit());
            case io.cartlog.wire.PriceUnknown r ->
                    new PriceUnknown(r.getSkus().stream().map(Sku::new).toList());
            case io.cartlog.wire.CommandIdReused r -> new CommandIdReused(r.getFirstVersion());
            default ->
                    throw new UnreadableRecordException(
                            "a reply of the unknown kind " + outcome.getClass().getSimpleName());
        };
    }
}
