package io.cartlog.cli.retail;

import io.cartlog.schemas.value.SaleKind;
import java.util.List;

/// A row's eight columns as they are written in the file.
public record RetailRow(
        String invoiceNo,
        String stockCode,
        String description,
        String quantity,
        String invoiceDate,
        String unitPrice,
        String customerId,
        String country) {
    public static final List<String> COLUMNS =
            List.of(
                    "InvoiceNo",
                    "StockCode",
                    "Description",
                    "Quantity",
                    "InvoiceDate",
                    "UnitPrice",
                    "CustomerID",
                    "Country");

    /// @param fields as many as there are [#COLUMNS]
    static RetailRow of(String[] fields) {
        return new RetailRow(
                fields[0], fields[1], fields[2], fields[3], fields[4], fields[5], fields[6],
                fields[7]);
    }

    public List<String> fields() {
        return List.of(
                invoiceNo,
                stockCode,
                description,
                quantity,
                invoiceDate,
                unitPrice,
                customerId,
                country);
    }

    public boolean isGuest() {
        return customerId.isBlank();
    }

    /// The account that the row belongs to: `17850.0` is 17850, and nobody is the guest of the
    /// invoice. Rows with the same text here keep their order.
    public String account() {
        return isGuest() ? "guest-" + invoiceNo.strip() : plainCustomer();
    }

    private String plainCustomer() {
        String customer = customerId.strip();
        return customer.endsWith(".0") ? customer.substring(0, customer.length() - 2) : customer;
    }

    /// "C" invoices are returns; "A" invoices, and negative quantities elsewhere, are adjustments.
    public SaleKind kind() {
        if (invoiceNo.startsWith("C")) {
            return SaleKind.RETURN;
        }
        return invoiceNo.startsWith("A") || quantity.strip().startsWith("-")
                ? SaleKind.ADJUSTMENT
                : SaleKind.SALE;
    }
}
