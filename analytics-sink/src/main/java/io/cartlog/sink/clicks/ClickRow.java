package io.cartlog.sink.clicks;

import io.cartlog.schemas.click.Click;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.schemas.value.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A click as a row of `warehouse.clicks`, in the order of its columns.
///
/// @param recordedAt log time, to the millisecond
record ClickRow(
        String clickId,
        String accountId,
        @Nullable String sessionId,
        String action,
        Instant occurredAt,
        Instant recordedAt,
        String sku,
        @Nullable String categoryId,
        @Nullable String category,
        @Nullable String brand,
        @Nullable Money unitPrice,
        @Nullable String commandId,
        int kafkaPartition,
        long kafkaOffset) {

    static ClickRow of(int partition, long offset, Instant recordedAt, Click click) {
        CommandId command = click.command();
        return new ClickRow(
                click.id().value(),
                click.account().value(),
                click.session(),
                click.action().text(),
                click.occurredAt(),
                recordedAt,
                click.sku().value(),
                click.categoryId(),
                click.category(),
                click.brand(),
                click.price(),
                command == null ? null : command.value(),
                partition,
                offset);
    }
}
