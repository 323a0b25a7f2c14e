package io.cartlog.schemas;

import io.cartlog.schemas.click.Click;
import io.cartlog.schemas.click.ClickAction;
import io.cartlog.schemas.command.CartCommand;
import io.cartlog.schemas.command.CommandEnvelope;
import io.cartlog.schemas.event.CartEvent;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.reply.CartReply;
import io.cartlog.schemas.reply.ReplyEnvelope;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CartLine;
import io.cartlog.schemas.value.ClickId;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.schemas.value.ItemStatus;
import io.cartlog.schemas.value.MergePolicy;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.OrderLine;
import io.cartlog.schemas.value.SaleKind;
import io.cartlog.schemas.value.SavedLine;
import io.cartlog.schemas.value.Sku;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// One message of every kind, with every optional value given once and left out once.
final class Samples {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Sku TV = new Sku("P-1001");
    private static final Sku HEART = new Sku("85123A");
    private static final AccountId GUEST = new AccountId("guest-1");
    private static final CartLine FULL_LINE = new CartLine(TV, 2, Money.of("199.99"), "TV", NOW, 7);
    private static final CartLine BARE_LINE = new CartLine(TV, 1, null, null, NOW, 8);
    private static final SavedLine FULL_SAVED =
            new SavedLine(TV, 2, Money.of("199.99"), "TV", NOW, 9);
    private static final SavedLine BARE_SAVED = new SavedLine(HEART, null, null, null, NOW, 10);
    private static final OrderId ORDER = new OrderId("O-01ARZ3NDEKTSV4RRFFQ69G5FAV");
    private static final OrderLine ORDER_LINE =
            new OrderLine(1, 1, TV, null, "TV", 2, Money.of("199.99"), 11);
    private static final OrderLine TILL_LINE =
            new OrderLine(3, 2, HEART, "WHITE HANGING HEART", null, -6, Money.of("0.001"), 12);

    private Samples() {}

    static List<RecordedEvent> events() {
        return Stream.<CartEvent>of(
                        new CartEvent.ItemAdded(FULL_LINE, 1),
                        new CartEvent.QuantitySet(BARE_LINE, 4),
                        new CartEvent.ItemRemoved(FULL_LINE),
                        new CartEvent.ItemSavedForLater(FULL_SAVED),
                        new CartEvent.ItemMovedToCart(BARE_LINE, 1),
                        new CartEvent.ItemSaved(BARE_SAVED),
                        new CartEvent.SavedItemRemoved(FULL_SAVED),
                        new CartEvent.CheckedOut(ORDER, List.of(ORDER_LINE), Money.of("399.98")),
                        new CartEvent.PurchaseRecorded(
                                new OrderId("C536365"),
                                TILL_LINE,
                                SaleKind.RETURN,
                                "United Kingdom",
                                NOW,
                                3,
                                Money.of("-12.5")),
                        new CartEvent.CartCleared(List.of(FULL_LINE, BARE_LINE)),
                        new CartEvent.ClearUndone(List.of(FULL_LINE)),
                        new CartEvent.CartHandedOver(
                                account(), List.of(FULL_LINE), List.of(BARE_SAVED)),
                        new CartEvent.CartMerged(
                                GUEST, MergePolicy.SUM, List.of(FULL_LINE), List.of(FULL_SAVED)),
                        new CartEvent.MergeUndone(
                                GUEST,
                                List.of(FULL_LINE),
                                List.of(),
                                List.of(BARE_LINE),
                                List.of(BARE_SAVED)),
                        new CartEvent.CartReturned(account(), List.of(BARE_LINE), List.of()),
                        new CartEvent.CartExpired(List.of(FULL_LINE), List.of(FULL_SAVED)))
                .map(Samples::recorded)
                .toList();
    }

    static List<CommandEnvelope> commands() {
        return Stream.<CartCommand>of(
                        new CartCommand.AddItem(TV, 2, Money.of("199.99"), "TV"),
                        new CartCommand.AddItem(TV, 2, Money.of("199.99"), null),
                        new CartCommand.SetQuantity(TV, 3),
                        new CartCommand.RemoveItem(TV),
                        new CartCommand.SaveForLater(TV),
                        new CartCommand.MoveToCart(TV, 1, Money.of("5")),
                        new CartCommand.MoveToCart(TV, null, null),
                        new CartCommand.SaveItem(HEART, "Decoration"),
                        new CartCommand.RemoveSavedItem(HEART),
                        new CartCommand.CheckOut(),
                        new CartCommand.RecordPurchase(
                                new OrderId("536365"),
                                HEART,
                                "WHITE HANGING HEART",
                                6,
                                Money.of("2.55"),
                                "United Kingdom",
                                SaleKind.SALE),
                        new CartCommand.ClearCart(),
                        new CartCommand.Batch(
                                List.of(
                                        new CartCommand.ClearCart(),
                                        new CartCommand.SetQuantity(TV, 3))),
                        new CartCommand.MergeCart(GUEST, MergePolicy.MAX),
                        new CartCommand.UndoLast(),
                        new CartCommand.LookUp(id()),
                        new CartCommand.HandOver(id(), -3, account(), MergePolicy.KEEP, 41L),
                        new CartCommand.HandOver(id(), -3, account(), MergePolicy.KEEP, null),
                        new CartCommand.Receive(
                                id(),
                                -3,
                                GUEST,
                                MergePolicy.REPLACE,
                                List.of(FULL_LINE),
                                List.of(BARE_SAVED)),
                        new CartCommand.CannotHandOver(id(), -3, GUEST, ItemStatus.SAVED, 2_001),
                        new CartCommand.TakeBack(account(), List.of(BARE_LINE), List.of()))
                .map(c -> new CommandEnvelope(id(), account(), NOW, 41L, c))
                .toList();
    }

    static List<ReplyEnvelope> replies() {
        return Stream.<CartReply>of(
                        new CartReply.Accepted(events()),
                        new CartReply.ItemNotInCart(TV),
                        new CartReply.ItemNotSaved(TV),
                        new CartReply.CartEmpty(),
                        new CartReply.QuantityAboveLimit(TV, 9_000, 10_000, 9_999),
                        new CartReply.TooManyLines(ItemStatus.ACTIVE, 2_000, 2_000),
                        new CartReply.PriceUnknown(List.of(TV, HEART)),
                        new CartReply.CommandIdReused(41),
                        new CartReply.VersionConflict(41, 42, List.of(FULL_LINE)),
                        new CartReply.NothingToUndo(42, 40),
                        new CartReply.ActionRefused(3, new CartReply.ItemNotInCart(TV)),
                        new CartReply.TooMuchRemembered(70_000, 65_536),
                        new CartReply.Pending(),
                        new CartReply.Unknown())
                .map(r -> new ReplyEnvelope(id(), account(), 42, false, r))
                .toList();
    }

    static List<Click> clicks() {
        return Stream.of(ClickAction.values())
                .flatMap(action -> Stream.of(fullClick(action), bareClick(action)))
                .toList();
    }

    private static Click fullClick(ClickAction action) {
        return new Click(
                new ClickId("click-1"),
                account(),
                "72d76fde-8bb3-4e00-8c23-a032dfed738c",
                action,
                NOW,
                TV,
                "2103807459595387724",
                "electronics.video.tv",
                "samsung",
                Money.of("543.10"),
                id());
    }

    private static Click bareClick(ClickAction action) {
        return new Click(
                new ClickId("click-2"),
                GUEST,
                null,
                action,
                NOW,
                HEART,
                null,
                null,
                null,
                null,
                null);
    }

    private static RecordedEvent recorded(CartEvent event) {
        return new RecordedEvent(
                UUID.fromString("01900000-0000-7000-8000-000000000001"),
                account(),
                42,
                id(),
                -3L,
                NOW,
                NOW.plusMillis(1),
                event);
    }

    private static AccountId account() {
        return new AccountId("17850");
    }

    private static CommandId id() {
        return new CommandId("key-1");
    }
}
