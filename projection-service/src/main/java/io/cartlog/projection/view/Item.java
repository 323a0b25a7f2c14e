package io.cartlog.projection.view;

import io.cartlog.schemas.value.AccountId;

/// Whatever stands in the table because of an account's events.
public sealed interface Item permits ViewItem, OrderItem, Head {
    AccountId account();

    Key key();
}
