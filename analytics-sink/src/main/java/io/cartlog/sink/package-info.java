/// EVENT to WAREHOUSE: the two loops (log to lake in [AnalyticsSink], lake to warehouse in
/// [WarehouseLoader]) and how the parts are put together.
///
/// The data flows `intake` (Kafka), `row` (pure), `iceberg`, `warehouse`; `verify` compares the
/// three, `status` tells.
@NullMarked
package io.cartlog.sink;

import org.jspecify.annotations.NullMarked;
