package io.cartlog.commands.intake;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import io.cartlog.commands.intake.JsonFields.Field;
import io.cartlog.schemas.command.CartCommand.CheckOut;
import io.cartlog.schemas.command.CartCommand.ClearCart;
import io.cartlog.schemas.command.CartCommand.RemoveItem;
import io.cartlog.schemas.command.CartCommand.RemoveSavedItem;
import io.cartlog.schemas.command.CartCommand.SaveForLater;
import io.cartlog.schemas.command.CartCommand.UndoLast;
import io.cartlog.schemas.value.Sku;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The commands on one account's cart and saved list.
@RestController
@RequestMapping(path = "/v1/accounts/{account}", produces = APPLICATION_JSON_VALUE)
final class CartController {
    private final CommandDesk desk;

    CartController(CommandDesk desk) {
        this.desk = desk;
    }

    @PostMapping(path = "/items", consumes = APPLICATION_JSON_VALUE)
    ResponseEntity<Object> add(HttpServletRequest request, @PathVariable String account) {
        return desk.handle(request, account, CommandFields::addItem);
    }

    @PutMapping(path = "/items/{productId}", consumes = APPLICATION_JSON_VALUE)
    ResponseEntity<Object> setQuantity(
            HttpServletRequest request,
            @PathVariable String account,
            @PathVariable String productId) {
        return desk.handle(request, account, f -> CommandFields.setQuantity(f, sku(f, productId)));
    }

    @DeleteMapping("/items/{productId}")
    ResponseEntity<Object> remove(
            HttpServletRequest request,
            @PathVariable String account,
            @PathVariable String productId) {
        return desk.handle(
                request,
                account,
                f -> {
                    Field<Sku> sku = sku(f, productId);
                    return () -> new RemoveItem(sku.value());
                });
    }

    @PostMapping("/items/{productId}/save-for-later")
    ResponseEntity<Object> saveForLater(
            HttpServletRequest request,
            @PathVariable String account,
            @PathVariable String productId) {
        return desk.handle(
                request,
                account,
                f -> {
                    Field<Sku> sku = sku(f, productId);
                    return () -> new SaveForLater(sku.value());
                });
    }

    @PostMapping(path = "/saved", consumes = APPLICATION_JSON_VALUE)
    ResponseEntity<Object> save(HttpServletRequest request, @PathVariable String account) {
        return desk.handle(request, account, CommandFields::saveItem);
    }

    @PostMapping("/saved/{productId}/move-to-cart")
    ResponseEntity<Object> moveToCart(
            HttpServletRequest request,
            @PathVariable String account,
            @PathVariable String productId) {
        return desk.handle(request, account, f -> CommandFields.moveToCart(f, sku(f, productId)));
    }

    @DeleteMapping("/saved/{productId}")
    ResponseEntity<Object> removeSaved(
            HttpServletRequest request,
            @PathVariable String account,
            @PathVariable String productId) {
        return desk.handle(
                request,
                account,
                f -> {
                    Field<Sku> sku = sku(f, productId);
                    return () -> new RemoveSavedItem(sku.value());
                });
    }

    @DeleteMapping("/cart")
    ResponseEntity<Object> clear(HttpServletRequest request, @PathVariable String account) {
        return desk.handle(request, account, _ -> ClearCart::new);
    }

    @PostMapping(path = "/cart/actions", consumes = APPLICATION_JSON_VALUE)
    ResponseEntity<Object> act(HttpServletRequest request, @PathVariable String account) {
        return desk.handle(request, account, Actions::batch);
    }

    @PostMapping(path = "/cart/merge", consumes = APPLICATION_JSON_VALUE)
    ResponseEntity<Object> merge(HttpServletRequest request, @PathVariable String account) {
        return desk.handleGuarded(request, account, f -> CommandFields.merge(f, account));
    }

    @PostMapping("/cart/undo")
    ResponseEntity<Object> undo(HttpServletRequest request, @PathVariable String account) {
        return desk.handle(request, account, _ -> UndoLast::new);
    }

    @PostMapping("/checkout")
    ResponseEntity<Object> checkOut(HttpServletRequest request, @PathVariable String account) {
        return desk.handleGuarded(request, account, _ -> CheckOut::new);
    }

    private static Field<Sku> sku(JsonFields fields, String productId) {
        return fields.fromPath("productId", () -> new Sku(JsonFields.decoded(productId)));
    }
}
