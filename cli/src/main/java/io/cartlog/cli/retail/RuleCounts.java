package io.cartlog.cli.retail;

import io.cartlog.schemas.value.SaleKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// How often each rule by which rows are read has applied.
public final class RuleCounts {
    private final Set<String> guests = new HashSet<>();
    private final Set<Digest128> stockCodes = new HashSet<>();
    private long guestRows;
    private long decimalIds;
    private long returns;
    private long adjustments;
    private long repeatedStockCodes;

    public void count(RetailRow row) {
        countAccount(row);
        countKind(row.kind());
        if (!stockCodes.add(Digest128.of(List.of(row.invoiceNo(), row.stockCode())))) {
            repeatedStockCodes++;
        }
    }

    private void countAccount(RetailRow row) {
        if (row.isGuest()) {
            guestRows++;
            guests.add(row.invoiceNo());
        } else if (row.customerId().strip().endsWith(".0")) {
            decimalIds++;
        }
    }

    private void countKind(SaleKind kind) {
        switch (kind) {
            case SALE -> {}
            case RETURN -> returns++;
            case ADJUSTMENT -> adjustments++;
        }
    }

    /// @param repeatedRows see [RowKeys#repeats]
    public Rules rules(long repeatedRows) {
        return new Rules(
                decimalIds,
                guestRows,
                guests.size(),
                returns,
                adjustments,
                repeatedStockCodes,
                repeatedRows);
    }

    /// Rows to which each rule applied.
    ///
    /// @param decimalCustomerIds written like `17850.0`
    /// @param guestRows without a customer
    /// @param guestAccounts accounts made for them, one an invoice
    /// @param returnRows of "C" invoices
    /// @param adjustmentRows of "A" invoices, or with a negative quantity elsewhere
    /// @param repeatedStockCodes second and later lines of a product in an invoice, all kept
    /// @param identicalRows second and later rows that equal another in every column, all kept
    public record Rules(
            long decimalCustomerIds,
            long guestRows,
            long guestAccounts,
            long returnRows,
            long adjustmentRows,
            long repeatedStockCodes,
            long identicalRows) {}
}
