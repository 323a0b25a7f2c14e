package io.cartlog.schemas.value;

/// What a line recorded by a till is: a sale, goods that came back, or a correction of the books.
public enum SaleKind {
    SALE,
    RETURN,
    ADJUSTMENT
}
