package io.cartlog.sink.warehouse;

/// Where the warehouse is.
///
/// @param url JDBC, without credentials
public record WarehouseSettings(String url, String user, String password) {}
