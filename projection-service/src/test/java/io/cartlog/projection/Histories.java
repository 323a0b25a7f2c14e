package io.cartlog.projection;

import io.cartlog.schemas.event.CartEvent;
import io.cartlog.schemas.event.CartEvent.CartCleared;
import io.cartlog.schemas.event.CartEvent.CartExpired;
import io.cartlog.schemas.event.CartEvent.CartHandedOver;
import io.cartlog.schemas.event.CartEvent.CartMerged;
import io.cartlog.schemas.event.CartEvent.CheckedOut;
import io.cartlog.schemas.event.CartEvent.ItemAdded;
import io.cartlog.schemas.event.CartEvent.ItemMovedToCart;
import io.cartlog.schemas.event.CartEvent.ItemRemoved;
import io.cartlog.schemas.event.CartEvent.ItemSaved;
import io.cartlog.schemas.event.CartEvent.ItemSavedForLater;
import io.cartlog.schemas.event.CartEvent.MergeUndone;
import io.cartlog.schemas.event.CartEvent.PurchaseRecorded;
import io.cartlog.schemas.event.CartEvent.QuantitySet;
import io.cartlog.schemas.event.CartEvent.SavedItemRemoved;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CartLine;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.schemas.value.MergePolicy;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.OrderLine;
import io.cartlog.schemas.value.SaleKind;
import io.cartlog.schemas.value.SavedLine;
import io.cartlog.schemas.value.Sku;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes the history of one account, event by event, as the decider would, and remembers the cart.
public final class Histories {
    private static final AccountId GUEST = new AccountId("guest-1");
    public static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");

    private final AccountId account;
    private final Map<Sku, CartLine> active = new LinkedHashMap<>();
    private final Map<Sku, SavedLine> saved = new LinkedHashMap<>();
    private final List<RecordedEvent> events = new ArrayList<>();
    private Instant now = START;
    private long seq;
    private int orders;

    public Histories(String account) {
        this.account = new AccountId(account);
    }

    /// A history that has a bit of everything, the same for the same seed.
    public static List<RecordedEvent> random(String account, long seed, int length) {
        Histories history = new Histories(account);
        Random random = new Random(seed);
        while (history.events.size() < length) {
            history.anything(random);
        }
        return history.events;
    }

    /// Whatever a shopper might do next; nothing, if it cannot be done.
    public void anything(Random random) {
        String sku = "P-" + (1000 + random.nextInt(12));
        switch (random.nextInt(18)) {
            case 0, 1, 2, 3 -> add(sku, 1 + random.nextInt(4), "19.99", "TV");
            case 4 -> onActive(sku, () -> set(sku, 1 + random.nextInt(9)));
            case 5 -> onActive(sku, () -> remove(sku));
            case 6 -> onActive(sku, () -> saveForLater(sku));
            case 7 -> save(sku, random.nextBoolean() ? "Electronics" : null);
            case 8 -> onSaved(sku, () -> moveToCart(sku));
            case 9 -> onSaved(sku, () -> removeSaved(sku));
            case 10 -> {
                if (!active.isEmpty() && active.values().stream().allMatch(Histories::isPriced)) {
                    checkOut();
                }
            }
            case 11 -> onActive(sku, this::clear);
            case 12 -> merge(List.of(sku, "P-77"), List.of("P-78"));
            case 13 -> undoMerge(List.of(sku), List.of("P-78"));
            case 14 -> {
                if (random.nextInt(4) == 0) {
                    expire();
                }
            }
            default -> purchase("53" + random.nextInt(4), sku, 1 + random.nextInt(3), "2.55");
        }
        if (random.nextInt(3) > 0) {
            now = now.plusMillis(random.nextInt(5_000));
        }
    }

    private static boolean isPriced(CartLine line) {
        return line.unitPrice() != null;
    }

    private void onActive(String sku, Runnable action) {
        if (active.containsKey(new Sku(sku))) {
            action.run();
        }
    }

    private void onSaved(String sku, Runnable action) {
        if (saved.containsKey(new Sku(sku))) {
            action.run();
        }
    }

    public Histories add(String product, int quantity, String price, @Nullable String category) {
        Sku sku = new Sku(product);
        CartLine there = active.get(sku);
        int sum = quantity + (there == null ? 0 : there.quantity());
        CartLine line = new CartLine(sku, sum, Money.of(price), category, now, ++seq);
        active.put(sku, line);
        return happened(new ItemAdded(line, quantity));
    }

    public Histories set(String product, int quantity) {
        CartLine before = line(product);
        CartLine line = before.withQuantity(quantity);
        active.put(line.sku(), line);
        return happened(new QuantitySet(line, before.quantity()));
    }

    public Histories remove(String product) {
        CartLine line = line(product);
        active.remove(line.sku());
        return happened(new ItemRemoved(line));
    }

    public Histories saveForLater(String product) {
        CartLine line = line(product);
        active.remove(line.sku());
        SavedLine kept =
                new SavedLine(
                        line.sku(), line.quantity(), line.unitPrice(), line.category(), now, ++seq);
        saved.put(kept.sku(), kept);
        return happened(new ItemSavedForLater(kept));
    }

    public Histories save(String product, @Nullable String category) {
        SavedLine line = new SavedLine(new Sku(product), null, null, category, now, ++seq);
        saved.put(line.sku(), line);
        return happened(new ItemSaved(line));
    }

    public Histories moveToCart(String product) {
        SavedLine from = saved.remove(new Sku(product));
        if (from == null) {
            throw new IllegalStateException(product + " is not saved");
        }
        CartLine there = active.get(from.sku());
        int moved = from.quantity() == null ? 1 : from.quantity();
        CartLine line =
                new CartLine(
                        from.sku(),
                        moved + (there == null ? 0 : there.quantity()),
                        from.unitPrice() == null && there != null
                                ? there.unitPrice()
                                : from.unitPrice(),
                        from.category(),
                        now,
                        ++seq);
        active.put(line.sku(), line);
        return happened(new ItemMovedToCart(line, moved));
    }

    public Histories removeSaved(String product) {
        SavedLine line = saved.remove(new Sku(product));
        if (line == null) {
            throw new IllegalStateException(product + " is not saved");
        }
        return happened(new SavedItemRemoved(line));
    }

    public Histories checkOut() {
        return checkOut("O-" + account + "-" + ++orders);
    }

    public Histories checkOut(String orderId) {
        List<OrderLine> lines = new ArrayList<>();
        Money total = Money.ZERO;
        for (CartLine line : active.values()) {
            Money price = line.unitPrice() == null ? Money.ZERO : line.unitPrice();
            OrderLine bought =
                    new OrderLine(
                            lines.size() + 1,
                            1,
                            line.sku(),
                            null,
                            line.category(),
                            line.quantity(),
                            price,
                            ++seq);
            lines.add(bought);
            total = total.plus(bought.amount());
        }
        active.clear();
        return happened(new CheckedOut(new OrderId(orderId), lines, total));
    }

    public Histories clear() {
        List<CartLine> lines = List.copyOf(active.values());
        active.clear();
        return happened(new CartCleared(lines));
    }

    /// A guest's products join, one of each.
    public Histories merge(List<String> products, List<String> savedProducts) {
        List<CartLine> lines = new ArrayList<>();
        for (String product : products) {
            CartLine there = active.get(new Sku(product));
            int sum = 1 + (there == null ? 0 : there.quantity());
            lines.add(new CartLine(new Sku(product), sum, Money.of("1.50"), null, now, ++seq));
        }
        List<SavedLine> savedLines =
                savedProducts.stream()
                        .map(p -> new SavedLine(new Sku(p), null, null, null, now, ++seq))
                        .toList();
        lines.forEach(line -> active.put(line.sku(), line));
        savedLines.forEach(line -> saved.put(line.sku(), line));
        return happened(new CartMerged(GUEST, MergePolicy.SUM, lines, savedLines));
    }

    /// As if a merge had brought these, and one product had been there before it.
    public Histories undoMerge(List<String> products, List<String> savedProducts) {
        List<CartLine> removed =
                products.stream()
                        .map(p -> active.remove(new Sku(p)))
                        .filter(Objects::nonNull)
                        .toList();
        List<SavedLine> removedSaved =
                savedProducts.stream()
                        .map(p -> saved.remove(new Sku(p)))
                        .filter(Objects::nonNull)
                        .toList();
        CartLine back = new CartLine(new Sku("P-79"), 2, Money.of("3"), null, now, ++seq);
        active.put(back.sku(), back);
        return happened(new MergeUndone(GUEST, List.of(back), List.of(), removed, removedSaved));
    }

    public Histories handOver() {
        List<CartLine> lines = List.copyOf(active.values());
        List<SavedLine> savedLines = List.copyOf(saved.values());
        active.clear();
        saved.clear();
        return happened(new CartHandedOver(new AccountId("17850"), lines, savedLines));
    }

    public Histories expire() {
        List<CartLine> lines = List.copyOf(active.values());
        List<SavedLine> savedLines = List.copyOf(saved.values());
        active.clear();
        saved.clear();
        return happened(new CartExpired(lines, savedLines));
    }

    public Histories purchase(String orderId, String product, int quantity, String price) {
        OrderId order = new OrderId(orderId);
        List<PurchaseRecorded> before =
                events.stream()
                        .map(RecordedEvent::event)
                        .filter(PurchaseRecorded.class::isInstance)
                        .map(PurchaseRecorded.class::cast)
                        .filter(e -> e.orderId().key().equals(order.key()))
                        .toList();
        Sku sku = new Sku(product);
        int occurrence = 1 + (int) before.stream().filter(e -> e.line().sku().equals(sku)).count();
        OrderLine line =
                new OrderLine(
                        before.size() + 1,
                        occurrence,
                        sku,
                        "WHITE HANGING HEART",
                        null,
                        quantity,
                        Money.of(price),
                        ++seq);
        Money sum = before.isEmpty() ? Money.ZERO : before.getLast().orderAmount();
        Instant since = before.isEmpty() ? now : before.getFirst().orderSince();
        return happened(
                new PurchaseRecorded(
                        order,
                        line,
                        SaleKind.SALE,
                        "United Kingdom",
                        since,
                        line.lineNo(),
                        sum.plus(line.amount())));
    }

    public Histories after(long millis) {
        now = now.plusMillis(millis);
        return this;
    }

    private CartLine line(String product) {
        CartLine line = active.get(new Sku(product));
        if (line == null) {
            throw new IllegalStateException(product + " is not in the cart");
        }
        return line;
    }

    private Histories happened(CartEvent event) {
        long version = events.size() + 1L;
        events.add(
                new RecordedEvent(
                        UUID.nameUUIDFromBytes(
                                (account + " " + version)
                                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                        account,
                        version,
                        new CommandId("key-" + version),
                        version,
                        now,
                        now,
                        event));
        return this;
    }

    public AccountId account() {
        return account;
    }

    public List<RecordedEvent> events() {
        return List.copyOf(events);
    }

    public Map<Sku, CartLine> active() {
        return Map.copyOf(active);
    }

    public Map<Sku, SavedLine> saved() {
        return Map.copyOf(saved);
    }
}
