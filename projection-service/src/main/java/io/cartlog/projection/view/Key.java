package io.cartlog.projection.view;

import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ItemStatus;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.Sku;

/// Where an item stands in the table (S0-11). What is no line of a cart, a saved list or an order
/// has a partition of its own, so that a query on an account's partition finds lines only.
public record Key(String pk, String sk) implements Comparable<Key> {
    /// Sort key of every head.
    public static final String HEAD = "HEAD";

    /// `acct`, `acct#ACTIVE#P-x` or `acct#SAVED#P-x`.
    public static Key line(AccountId account, ItemStatus status, Sku sku) {
        return new Key(account.value(), linePrefix(account, status) + sku.key());
    }

    /// `acct`, `acct#PURCHASED#O-x#P-x`, from the second line of the product on with `#2`, `#3` ...
    public static Key purchased(AccountId account, OrderId order, Sku sku, int occurrence) {
        String sk = orderPrefix(account, order) + sku.key();
        return new Key(account.value(), occurrence == 1 ? sk : sk + "#" + occurrence);
    }

    /// `ORDER#O-x`, `acct`.
    public static Key order(OrderId order, AccountId account) {
        return new Key(orderPartition(order), account.value());
    }

    /// `HEAD#acct`, `HEAD`.
    public static Key head(AccountId account) {
        return new Key(headPartition(account.value()), HEAD);
    }

    public static String headPartition(String account) {
        return HEAD + "#" + account;
    }

    /// What the sort keys of all lines of an account in one status begin with.
    public static String linePrefix(AccountId account, ItemStatus status) {
        return account.value() + "#" + status + "#";
    }

    /// What the sort keys of all lines of an account's order begin with (S0-23).
    public static String orderPrefix(AccountId account, OrderId order) {
        return linePrefix(account, ItemStatus.PURCHASED) + order.key() + "#";
    }

    public static String orderPartition(OrderId order) {
        return orderPartition(order.key());
    }

    /// @param order its key, `O-x`
    public static String orderPartition(String order) {
        return "ORDER#" + order;
    }

    @Override
    public int compareTo(Key other) {
        int byPartition = pk.compareTo(other.pk);
        return byPartition == 0 ? sk.compareTo(other.sk) : byPartition;
    }

    @Override
    public String toString() {
        return pk + "|" + sk;
    }
}
