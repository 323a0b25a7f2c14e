package io.cartlog.commands.streams;

import io.cartlog.commands.cart.OrderSoFar;
import io.cartlog.schemas.event.CartEvent.PurchaseRecorded;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.Sku;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.streams.state.KeyValueStore;

/// What tills have recorded of each order. A line changes two small values, however long the order
/// is: `account 0 order` has count, amount and start, `account 0 order 0 product` has how often the
/// product occurs.
final class Orders {
    private static final byte FORMAT = 1;
    private static final char SEPARATOR = '\0';

    private final Table table;

    Orders(KeyValueStore<byte[], byte[]> store) {
        this.table = new Table(Table.Name.ORDERS, store);
    }

    OrderSoFar before(AccountId account, OrderId order, Sku sku) {
        byte[] total = table.get(orderKey(account, order));
        if (total == null) {
            return OrderSoFar.NONE;
        }
        StateReader in = new StateReader(total, FORMAT);
        int lines = in.integer();
        Money amount = in.money();
        Instant since = in.instant();
        byte[] occurrences = table.get(productKey(account, order, sku));
        return new OrderSoFar(
                lines,
                amount,
                since,
                occurrences == null ? 0 : new StateReader(occurrences, FORMAT).integer());
    }

    void put(AccountId account, PurchaseRecorded purchase) {
        table.put(
                orderKey(account, purchase.orderId()),
                new StateWriter(24)
                        .put(FORMAT)
                        .unsigned(purchase.orderLines())
                        .money(purchase.orderAmount())
                        .instant(purchase.orderSince())
                        .toBytes());
        table.put(
                productKey(account, purchase.orderId(), purchase.line().sku()),
                new StateWriter(12).put(FORMAT).unsigned(purchase.line().occurrence()).toBytes());
    }

    private static byte[] orderKey(AccountId account, OrderId order) {
        return utf8(account.value() + SEPARATOR + order.key());
    }

    private static byte[] productKey(AccountId account, OrderId order, Sku sku) {
        return utf8(account.value() + SEPARATOR + order.key() + SEPARATOR + sku.key());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
