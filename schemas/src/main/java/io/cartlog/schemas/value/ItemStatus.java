package io.cartlog.schemas.value;

/// Where an item of an account is (S0-01).
public enum ItemStatus {
    ACTIVE,
    SAVED,
    PURCHASED
}
