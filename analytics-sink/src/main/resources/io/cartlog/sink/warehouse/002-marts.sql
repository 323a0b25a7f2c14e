CREATE OR REPLACE VIEW marts.order_lines AS
SELECT order_id,
       line_no,
       CASE WHEN account_id LIKE 'guest-%' THEN NULL ELSE account_id END AS account_id,
       sku,
       description,
       quantity,
       unit_price,
       amount,
       country,
       occurred_at,
       kind
FROM warehouse.order_lines;

CREATE OR REPLACE VIEW marts.cart_events AS
SELECT account_id,
       version,
       event_type,
       occurred_at,
       recorded_at,
       kafka_partition,
       kafka_offset
FROM warehouse.events;

CREATE OR REPLACE VIEW marts.orders AS
SELECT order_id,
       CASE WHEN account_id LIKE 'guest-%' THEN NULL ELSE account_id END AS account_id,
       COUNT(*) AS lines,
       SUM(quantity) AS quantity,
       SUM(amount) AS amount,
       MIN(occurred_at) AS first_occurred_at,
       MAX(occurred_at) AS last_occurred_at,
       CASE WHEN MIN(kind) = MAX(kind) THEN MIN(kind) ELSE 'MIXED' END AS kind,
       MIN(country) AS country
FROM warehouse.order_lines
GROUP BY order_id, order_lines.account_id;

COMMENT ON VIEW marts.order_lines IS 'One row for each line of an order.';
COMMENT ON COLUMN marts.order_lines.order_id IS 'The till''s invoice number, or O-... for a checkout.';
COMMENT ON COLUMN marts.order_lines.line_no IS '1, 2, 3 ... within the order.';
COMMENT ON COLUMN marts.order_lines.account_id IS 'The buyer; null for a guest.';
COMMENT ON COLUMN marts.order_lines.sku IS 'The product, as the shop writes it.';
COMMENT ON COLUMN marts.order_lines.description IS 'The product''s name on the till''s line.';
COMMENT ON COLUMN marts.order_lines.quantity IS 'Negative for what came back or was written off.';
COMMENT ON COLUMN marts.order_lines.unit_price IS 'Price of one, in the shop''s one currency.';
COMMENT ON COLUMN marts.order_lines.amount IS 'quantity * unit_price, exact.';
COMMENT ON COLUMN marts.order_lines.country IS 'Of the buyer, if the till gave it.';
COMMENT ON COLUMN marts.order_lines.occurred_at IS 'Business time, UTC.';
COMMENT ON COLUMN marts.order_lines.kind IS 'SALE, RETURN (goods came back) or ADJUSTMENT (correction of the books); a checkout''s lines are SALE.';

COMMENT ON VIEW marts.cart_events IS 'One row for each event in the life of an account, with its place in the log.';
COMMENT ON COLUMN marts.cart_events.account_id IS 'The account; guest-ORDER for a guest.';
COMMENT ON COLUMN marts.cart_events.version IS '1, 2, 3 ... per account, without gaps.';
COMMENT ON COLUMN marts.cart_events.event_type IS 'ItemAdded, QuantitySet, ItemRemoved, ItemSavedForLater, ItemMovedToCart, ItemSaved, SavedItemRemoved, CheckedOut, PurchaseRecorded, CartCleared, ClearUndone, CartHandedOver, CartMerged, MergeUndone, CartReturned, CartExpired.';
COMMENT ON COLUMN marts.cart_events.occurred_at IS 'Business time, UTC.';
COMMENT ON COLUMN marts.cart_events.recorded_at IS 'Log time, UTC.';
COMMENT ON COLUMN marts.cart_events.kafka_partition IS 'Partition of cart.events.';
COMMENT ON COLUMN marts.cart_events.kafka_offset IS 'Offset in the partition.';

COMMENT ON VIEW marts.orders IS 'One row for each order of an account.';
COMMENT ON COLUMN marts.orders.order_id IS 'The till''s invoice number, or O-... for a checkout.';
COMMENT ON COLUMN marts.orders.account_id IS 'The buyer; null for a guest.';
COMMENT ON COLUMN marts.orders.lines IS 'Lines of the order.';
COMMENT ON COLUMN marts.orders.quantity IS 'Sum over its lines.';
COMMENT ON COLUMN marts.orders.amount IS 'Net amount: sum over its lines.';
COMMENT ON COLUMN marts.orders.first_occurred_at IS 'Business time of its first line, UTC.';
COMMENT ON COLUMN marts.orders.last_occurred_at IS 'Business time of its last line, UTC.';
COMMENT ON COLUMN marts.orders.kind IS 'SALE, RETURN or ADJUSTMENT if all lines are of that kind, else MIXED.';
COMMENT ON COLUMN marts.orders.country IS 'Of the buyer, if the till gave it.';
