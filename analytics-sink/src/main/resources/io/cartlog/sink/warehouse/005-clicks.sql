-- Clicks come in: how far, and which commands they name.

-- Where each partition of shop.clicks stands, moved in the transaction of the rows.
CREATE TABLE IF NOT EXISTS warehouse.click_ledger (
    kafka_partition INTEGER        NOT NULL,
    next_offset     BIGINT         NOT NULL,
    clicks          BIGINT         NOT NULL,
    repeated        BIGINT         NOT NULL,
    unreadable      BIGINT         NOT NULL,
    loaded_at       TIMESTAMPTZ    NOT NULL
);

-- A purchase of what lies in the cart is two commands: KEY, and KEY/cart that takes it out.
CREATE OR REPLACE VIEW marts.click_commands AS
SELECT account_id, CAST(command_id AS VARCHAR(105)) AS command_id
FROM warehouse.clicks
WHERE command_id IS NOT NULL
UNION ALL
SELECT account_id, CAST((command_id || '/cart') AS VARCHAR(105)) AS command_id
FROM warehouse.clicks
WHERE command_id IS NOT NULL AND action = 'purchase';

CREATE OR REPLACE VIEW marts.online_actions AS
SELECT e.account_id, e.version, e.occurred_at AT TIME ZONE 'UTC' AS happened_at, e.sku,
       e.product_key, e.category, e.quantity, e.unit_price,
       CASE
           WHEN e.event_type IN ('ItemAdded', 'ItemMovedToCart') THEN CAST('cart' AS VARCHAR(20))
           WHEN e.event_type = 'ItemRemoved' THEN 'remove_from_cart'
           ELSE 'save'
       END AS action
FROM marts.cart_events e
LEFT JOIN marts.click_commands c ON c.account_id = e.account_id AND c.command_id = e.command_id
WHERE c.command_id IS NULL
  AND e.event_type IN ('ItemAdded', 'ItemMovedToCart', 'ItemRemoved', 'ItemSaved', 'ItemSavedForLater')
UNION ALL
SELECT o.account_id, o.version, o.occurred_at AT TIME ZONE 'UTC' AS happened_at, o.sku,
       CASE WHEN o.sku LIKE 'P-%' THEN SUBSTRING(o.sku, 3, 40) ELSE o.sku END AS product_key,
       o.category, o.quantity, o.unit_price, CAST('purchase' AS VARCHAR(20)) AS action
FROM warehouse.order_lines o
JOIN warehouse.events e ON e.event_id = o.event_id AND e.event_type = 'CheckedOut'
LEFT JOIN marts.click_commands c ON c.account_id = e.account_id AND c.command_id = e.command_id
WHERE c.command_id IS NULL;

CREATE OR REPLACE VIEW marts.activity AS
WITH spaced AS (
    SELECT account_id, version, happened_at, sku, product_key, category, quantity, unit_price, action,
           LAG(happened_at) OVER (PARTITION BY account_id ORDER BY happened_at, version) AS before_at
    FROM marts.online_actions
),
visits AS (
    SELECT account_id, happened_at, sku, product_key, category, quantity, unit_price, action,
           SUM(CASE WHEN before_at IS NULL OR happened_at > before_at + INTERVAL '30 minutes'
                    THEN 1 ELSE 0 END) OVER (
               PARTITION BY account_id ORDER BY happened_at, version ROWS UNBOUNDED PRECEDING) AS visit_no
    FROM spaced
)
SELECT account_id, session_id, occurred_at AT TIME ZONE 'UTC' AS happened_at, action, product_key,
       sku AS product_id, category, brand, 1 AS quantity, unit_price,
       CAST('click' AS VARCHAR(5)) AS source
FROM marts.clicks
UNION ALL
SELECT account_id,
       CAST(account_id || '/' || TO_CHAR(
           MIN(happened_at) OVER (PARTITION BY account_id, visit_no), 'YYYYMMDDHH24MISS') AS VARCHAR(64)) AS session_id,
       happened_at, action, product_key, sku AS product_id, category,
       CAST(NULL AS VARCHAR(60)) AS brand, quantity, unit_price,
       CAST('event' AS VARCHAR(5)) AS source
FROM visits
UNION ALL
SELECT e.account_id, CAST(NULL AS VARCHAR(64)) AS session_id,
       e.occurred_at AT TIME ZONE 'UTC' AS happened_at, CAST('purchase' AS VARCHAR(20)) AS action,
       e.product_key, e.sku AS product_id, e.category, CAST(NULL AS VARCHAR(60)) AS brand,
       e.quantity, e.unit_price, CAST('till' AS VARCHAR(5)) AS source
FROM marts.cart_events e
LEFT JOIN marts.click_commands c ON c.account_id = e.account_id AND c.command_id = e.command_id
WHERE c.command_id IS NULL AND e.event_type = 'PurchaseRecorded' AND e.quantity > 0;

-- An amount of nothing is 0.00, as money is written everywhere.
CREATE OR REPLACE VIEW marts.brands AS
SELECT brand, views, carts, purchases, amount, visitors, conversion,
       CASE WHEN brand IS NOT NULL AND views > average_views AND conversion < average_conversion
            THEN TRUE ELSE FALSE END AS needs_marketing
FROM (
    SELECT brand, views, carts, purchases, amount, visitors,
           CAST(ROUND(1.0 * purchases / NULLIF(views, 0), 4) AS NUMERIC(18, 4)) AS conversion,
           1.0 * SUM(views) OVER (PARTITION BY 1) / COUNT(*) OVER (PARTITION BY 1) AS average_views,
           1.0 * SUM(purchases) OVER (PARTITION BY 1) / NULLIF(SUM(views) OVER (PARTITION BY 1), 0) AS average_conversion
    FROM (
        SELECT brand,
               CAST(SUM(views) AS BIGINT) AS views,
               CAST(SUM(carts) AS BIGINT) AS carts,
               CAST(SUM(purchases) AS BIGINT) AS purchases,
               SUM(amount) AS amount,
               COUNT(*) AS visitors
        FROM (
            SELECT brand, account_id,
                   SUM(CASE WHEN action = 'view' THEN 1 ELSE 0 END) AS views,
                   SUM(CASE WHEN action = 'cart' THEN 1 ELSE 0 END) AS carts,
                   SUM(CASE WHEN action = 'purchase' THEN 1 ELSE 0 END) AS purchases,
                   SUM(CASE WHEN action = 'purchase' THEN unit_price ELSE CAST(0 AS NUMERIC(18, 4)) END) AS amount
            FROM marts.clicks
            GROUP BY brand, account_id
        ) per_visitor
        GROUP BY brand
    ) totals
) compared;

COMMENT ON TABLE warehouse.clicks IS 'What shoppers did on the site, once each.';
COMMENT ON COLUMN warehouse.clicks.click_id IS 'The click''s id, unique within its account.';
COMMENT ON COLUMN marts.clicks.click_id IS 'The click''s id, unique within its account.';

COMMENT ON TABLE warehouse.click_ledger IS 'How far each partition of shop.clicks is in the warehouse.';
COMMENT ON COLUMN warehouse.click_ledger.kafka_partition IS 'Partition of shop.clicks.';
COMMENT ON COLUMN warehouse.click_ledger.next_offset IS 'Offset of the first record that is not loaded.';
COMMENT ON COLUMN warehouse.click_ledger.clicks IS 'Rows of warehouse.clicks.';
COMMENT ON COLUMN warehouse.click_ledger.repeated IS 'Records of clicks that were there before.';
COMMENT ON COLUMN warehouse.click_ledger.unreadable IS 'Records that are no clicks and went to the dead letters.';
COMMENT ON COLUMN warehouse.click_ledger.loaded_at IS 'When it was moved last, UTC.';

COMMENT ON VIEW marts.click_commands IS 'Building block: one row for each command that a click names.';
COMMENT ON COLUMN marts.click_commands.account_id IS 'The account; guest-... for a guest.';
COMMENT ON COLUMN marts.click_commands.command_id IS 'The idempotency key of the command.';
