package io.cartlog.projection.query;

import io.cartlog.projection.query.Answers.Item;
import io.cartlog.projection.query.Answers.OrderLines;
import io.cartlog.projection.query.Answers.Page;
import io.cartlog.projection.query.Cursors.Cursor;
import io.cartlog.projection.view.CapacityMeter;
import io.cartlog.projection.view.Holding;
import io.cartlog.projection.view.Period;
import io.cartlog.projection.view.ViewItem;
import io.cartlog.projection.view.ViewVersions;
import io.cartlog.projection.view.ViewVersions.Generation;
import io.cartlog.projection.view.Views.Slice;
import io.cartlog.schemas.value.ItemStatus;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.Sku;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Questions across accounts.
@RestController
class ShopQueries {
    private final ViewVersions versions;
    private final Cursors cursors;

    ShopQueries(ViewVersions versions, Cursors cursors) {
        this.versions = versions;
        this.cursors = cursors;
    }

    /// An invoice by its number, whoever bought (S1-07, S4-05).
    @GetMapping("/v1/invoices/{orderId}")
    OrderLines invoice(
            @PathVariable String orderId, @RequestParam(defaultValue = "false") String consumed) {
        CapacityMeter meter = new CapacityMeter();
        List<ViewItem> lines =
                new Visible(versions.live().views())
                        .invoice(Parameters.value("orderId", orderId, OrderId::new), meter);
        if (lines.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.INVOICE_NOT_FOUND, "there is no invoice " + orderId);
        }
        return OrderLines.of(lines, Parameters.flag("consumed", consumed) ? meter.units() : null);
    }

    /// Who has a product in the cart, saved or bought, newest first; since and until when (S0-08).
    @GetMapping("/v1/products/{productId}/accounts")
    Page<Item> accounts(
            @PathVariable String productId,
            @RequestParam String status,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(defaultValue = Parameters.DEFAULT_LIMIT) String limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "false") String consumed) {
        Sku sku = Parameters.value("productId", productId, Sku::new);
        ItemStatus wanted = Parameters.status(status);
        Period period = Parameters.period(from, to);
        String list = "product " + sku.key() + " " + wanted + " " + period;
        Cursor after = Parameters.cursor(cursors, list, cursor);
        Generation now = versions.live();
        if (after != null) {
            after.checkGeneration(now.version());
        }
        CapacityMeter meter = new CapacityMeter();
        Slice<Holding> found =
                new Visible(now.views())
                        .holdings(sku, wanted, period, after, Parameters.limit(limit), meter);
        String next = found.next();
        return new Page<>(
                found.items().stream().map(Item::of).toList(),
                next == null ? null : cursors.write(list, new Cursor(now.version(), 0, next)),
                Parameters.flag("consumed", consumed) ? meter.units() : null);
    }
}
