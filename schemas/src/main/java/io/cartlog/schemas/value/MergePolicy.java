package io.cartlog.schemas.value;

/// What a merge does with a product that both carts have. Products that only one has are in the
/// merged cart in any case.
public enum MergePolicy {
    /// The quantities add up, and the price of the line that was added last holds.
    SUM,
    /// The larger quantity holds; if it is the guest's, with the price of the line added last.
    MAX,
    /// The account's line stays as it is.
    KEEP,
    /// The guest's line takes its place.
    REPLACE
}
