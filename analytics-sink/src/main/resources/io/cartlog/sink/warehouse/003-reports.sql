-- What shoppers did on the site, and the views that answer the data team's questions. Everything
-- here is SQL that PostgreSQL and Redshift read alike: text literals that become columns are cast,
-- aggregates over an ordered window name their frame, weeks and weekdays are counted by hand where
-- the two differ. No view asks for the time of day, so that it answers the same tomorrow.

CREATE TABLE IF NOT EXISTS warehouse.clicks (
    click_id        VARCHAR(36)    NOT NULL,
    account_id      VARCHAR(40)    NOT NULL,
    session_id      VARCHAR(64),
    action          VARCHAR(20)    NOT NULL,
    occurred_at     TIMESTAMPTZ    NOT NULL,
    recorded_at     TIMESTAMPTZ    NOT NULL,
    sku             VARCHAR(40),
    category_id     VARCHAR(20),
    category        VARCHAR(60),
    brand           VARCHAR(60),
    unit_price      NUMERIC(18, 4),
    command_id      VARCHAR(100),
    kafka_partition INTEGER        NOT NULL,
    kafka_offset    BIGINT         NOT NULL
);

-- ---- facts: orders

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
       kind,
       category,
       CASE WHEN sku LIKE 'P-%' THEN SUBSTRING(sku, 3, 40) ELSE sku END AS product_key,
       CASE WHEN kind = 'SALE' AND quantity > 0 AND unit_price > 0 THEN TRUE ELSE FALSE END AS is_sale
FROM warehouse.order_lines;

CREATE OR REPLACE VIEW marts.returns AS
SELECT order_id, line_no, account_id, product_key, sku, description, kind, quantity, unit_price, amount, country, occurred_at
FROM marts.order_lines
WHERE kind <> 'SALE';

CREATE OR REPLACE VIEW marts.order_hours AS
SELECT order_id,
       hour_start,
       MIN(account_id) AS account_id,
       MIN(country) AS country,
       MAX(occurred_at) AS last_occurred_at,
       COUNT(*) AS lines,
       CAST(SUM(quantity) AS BIGINT) AS quantity,
       SUM(amount) AS amount,
       SUM(CASE WHEN is_sale THEN 1 ELSE 0 END) AS sale_lines,
       CAST(SUM(CASE WHEN is_sale THEN quantity ELSE 0 END) AS BIGINT) AS sale_quantity,
       SUM(CASE WHEN is_sale THEN amount ELSE 0 END) AS sale_amount,
       SUM(CASE WHEN kind = 'RETURN' THEN amount ELSE 0 END) AS return_amount
FROM (
    SELECT order_id, account_id, country, occurred_at, quantity, amount, kind, is_sale,
           DATE_TRUNC('hour', occurred_at AT TIME ZONE 'UTC') AS hour_start
    FROM marts.order_lines
) hourly
GROUP BY order_id, hour_start;

CREATE OR REPLACE VIEW marts.scoped_order_hours AS
SELECT CAST('all' AS VARCHAR(5)) AS scope, order_id, hour_start, account_id, country,
       last_occurred_at, lines, quantity, amount
FROM marts.order_hours
UNION ALL
SELECT CAST('sales' AS VARCHAR(5)) AS scope, order_id, hour_start, account_id, country,
       last_occurred_at, sale_lines, sale_quantity, sale_amount
FROM marts.order_hours
WHERE sale_lines > 0;

CREATE OR REPLACE VIEW marts.scoped_order_lines AS
SELECT CAST('all' AS VARCHAR(5)) AS scope, product_key, sku, description, country, quantity,
       amount, occurred_at AT TIME ZONE 'UTC' AS sold_at
FROM marts.order_lines
UNION ALL
SELECT CAST('sales' AS VARCHAR(5)) AS scope, product_key, sku, description, country, quantity,
       amount, occurred_at AT TIME ZONE 'UTC' AS sold_at
FROM marts.order_lines
WHERE is_sale;

-- ---- facts: carts

CREATE OR REPLACE VIEW marts.cart_events AS
SELECT account_id,
       version,
       event_type,
       occurred_at,
       recorded_at,
       kafka_partition,
       kafka_offset,
       event_id,
       command_id,
       sku,
       CASE WHEN sku LIKE 'P-%' THEN SUBSTRING(sku, 3, 40) ELSE sku END AS product_key,
       category,
       quantity,
       unit_price,
       order_id,
       amount
FROM warehouse.events;

CREATE OR REPLACE VIEW marts.list_moves AS
WITH moved AS (
    SELECT account_id, version, occurred_at, event_type, sku, product_key, category, quantity, unit_price
    FROM marts.cart_events
    WHERE event_type IN ('ItemAdded', 'ItemMovedToCart', 'QuantitySet', 'ItemRemoved',
                         'ItemSavedForLater', 'ItemSaved', 'SavedItemRemoved')
)
SELECT CAST('CART' AS VARCHAR(5)) AS list, account_id, version, occurred_at, event_type, sku,
       product_key, category, quantity, unit_price,
       CASE WHEN event_type IN ('ItemRemoved', 'ItemSavedForLater') THEN FALSE ELSE TRUE END AS is_in
FROM moved
WHERE event_type NOT IN ('ItemSaved', 'SavedItemRemoved')
UNION ALL
SELECT CAST('SAVED' AS VARCHAR(5)) AS list, account_id, version, occurred_at, event_type, sku,
       product_key, category, quantity, unit_price,
       CASE WHEN event_type IN ('SavedItemRemoved', 'ItemMovedToCart') THEN FALSE ELSE TRUE END AS is_in
FROM moved
WHERE event_type NOT IN ('ItemAdded', 'QuantitySet', 'ItemRemoved');

CREATE OR REPLACE VIEW marts.list_ends AS
WITH whole AS (
    SELECT account_id, command_id, event_type, MAX(version) AS version,
           MAX(occurred_at) AS occurred_at, MAX(order_id) AS order_id
    FROM marts.cart_events
    WHERE event_type IN ('CheckedOut', 'CartCleared', 'ClearUndone', 'CartHandedOver', 'CartReturned', 'CartExpired')
    GROUP BY account_id, command_id, event_type
),
followed AS (
    SELECT account_id, version, occurred_at, event_type, order_id,
           LEAD(event_type) OVER (PARTITION BY account_id ORDER BY version) AS next_type
    FROM whole
),
lasting AS (
    SELECT account_id, version, occurred_at, event_type, order_id
    FROM followed
    WHERE event_type IN ('CheckedOut', 'CartExpired')
       OR (event_type = 'CartCleared' AND COALESCE(next_type, '') <> 'ClearUndone')
       OR (event_type = 'CartHandedOver' AND COALESCE(next_type, '') <> 'CartReturned')
)
SELECT CAST('CART' AS VARCHAR(5)) AS list, account_id, version, occurred_at, event_type, order_id
FROM lasting
UNION ALL
SELECT CAST('SAVED' AS VARCHAR(5)) AS list, account_id, version, occurred_at, event_type, order_id
FROM lasting
WHERE event_type IN ('CartHandedOver', 'CartExpired');

CREATE OR REPLACE VIEW marts.item_stays AS
WITH moves AS (
    SELECT list, account_id, version, occurred_at, event_type, product_key, sku, category,
           quantity, unit_price, is_in
    FROM marts.list_moves
),
steps AS (
    SELECT list, account_id, version, occurred_at, event_type, product_key, sku, category,
           quantity, unit_price, is_in,
           SUM(CASE WHEN product_key IS NULL THEN 1 ELSE 0 END) OVER (
               PARTITION BY list, account_id ORDER BY version ROWS UNBOUNDED PRECEDING) AS era
    FROM (
        SELECT list, account_id, version, occurred_at, event_type, product_key, sku, category,
               quantity, unit_price, is_in
        FROM moves
        UNION ALL
        SELECT list, account_id, version, occurred_at, event_type, CAST(NULL AS VARCHAR(40)),
               CAST(NULL AS VARCHAR(40)), CAST(NULL AS VARCHAR(60)), CAST(NULL AS INTEGER),
               CAST(NULL AS NUMERIC(18, 4)), FALSE
        FROM marts.list_ends
    ) moves_and_ends
),
compared AS (
    SELECT list, account_id, version, occurred_at, event_type, product_key, sku, category,
           quantity, unit_price, is_in, era,
           LAG(is_in) OVER (PARTITION BY list, account_id, product_key ORDER BY version) AS was_in,
           LAG(era) OVER (PARTITION BY list, account_id, product_key ORDER BY version) AS era_before
    FROM steps
    WHERE product_key IS NOT NULL
),
bought AS (
    SELECT o.account_id, o.version, o.occurred_at, o.order_id, p.product_key, p.list
    FROM (
        SELECT account_id, version, occurred_at, order_id,
               CASE WHEN sku LIKE 'P-%' THEN SUBSTRING(sku, 3, 40) ELSE sku END AS product_key
        FROM warehouse.order_lines
        WHERE kind = 'SALE' AND quantity > 0
    ) o
    JOIN (SELECT DISTINCT list, account_id, product_key FROM moves) p
        ON p.account_id = o.account_id AND p.product_key = o.product_key
),
numbered AS (
    SELECT list, account_id, version, occurred_at, event_type, product_key, sku, category,
           quantity, unit_price, is_in, era, order_id, is_buy,
           SUM(starts) OVER (
               PARTITION BY list, account_id, product_key ORDER BY version, is_buy
               ROWS UNBOUNDED PRECEDING) AS stay_no
    FROM (
        SELECT list, account_id, version, occurred_at, event_type, product_key, sku, category,
               quantity, unit_price, is_in, era, CAST(NULL AS VARCHAR(40)) AS order_id,
               0 AS is_buy,
               CASE WHEN is_in AND (was_in IS NULL OR NOT was_in OR era_before <> era)
                    THEN 1 ELSE 0 END AS starts
        FROM compared
        WHERE is_in OR (was_in AND era_before = era)
        UNION ALL
        SELECT list, account_id, version, occurred_at, CAST('Bought' AS VARCHAR(40)), product_key,
               CAST(NULL AS VARCHAR(40)), CAST(NULL AS VARCHAR(60)), CAST(NULL AS INTEGER),
               CAST(NULL AS NUMERIC(18, 4)), FALSE, CAST(NULL AS BIGINT), order_id, 1, 0
        FROM bought
    ) moves_and_buys
),
ranked AS (
    SELECT list, account_id, version, occurred_at, event_type, product_key, sku, category,
           quantity, unit_price, is_in, era, order_id, is_buy, stay_no,
           CASE WHEN is_in THEN
               ROW_NUMBER() OVER (PARTITION BY list, account_id, product_key, stay_no, is_in ORDER BY version DESC)
           END AS newest_in,
           CASE WHEN is_buy = 1 THEN
               ROW_NUMBER() OVER (PARTITION BY list, account_id, product_key, stay_no, is_buy ORDER BY version)
           END AS first_buy
    FROM numbered
    WHERE stay_no > 0
),
stays AS (
    SELECT list, account_id, product_key, stay_no,
           MAX(era) AS era,
           MIN(CASE WHEN is_in THEN occurred_at END) AS added_at,
           MAX(CASE WHEN is_in THEN occurred_at END) AS last_added_at,
           SUM(CASE WHEN is_in THEN 1 ELSE 0 END) AS changes,
           MAX(CASE WHEN newest_in = 1 THEN sku END) AS sku,
           MAX(CASE WHEN newest_in = 1 THEN category END) AS category,
           MAX(CASE WHEN newest_in = 1 THEN quantity END) AS quantity,
           MAX(CASE WHEN newest_in = 1 THEN unit_price END) AS unit_price,
           MIN(CASE WHEN NOT is_in AND is_buy = 0 THEN version END) AS out_version,
           MIN(CASE WHEN NOT is_in AND is_buy = 0 THEN occurred_at END) AS out_at,
           MIN(CASE WHEN NOT is_in AND is_buy = 0 THEN event_type END) AS out_type,
           MAX(CASE WHEN first_buy = 1 THEN occurred_at END) AS bought_at,
           MAX(CASE WHEN first_buy = 1 THEN order_id END) AS order_id
    FROM ranked
    GROUP BY list, account_id, product_key, stay_no
),
ends AS (
    SELECT list, account_id, era, occurred_at, event_type
    FROM steps
    WHERE product_key IS NULL
)
SELECT s.list,
       s.account_id,
       s.product_key,
       s.stay_no,
       s.sku AS product_id,
       s.category,
       s.quantity,
       s.unit_price,
       s.changes,
       s.added_at,
       s.last_added_at,
       COALESCE(s.out_at, e.occurred_at) AS ended_at,
       s.bought_at,
       s.order_id,
       CASE
           WHEN s.out_type = 'ItemSavedForLater' THEN CAST('SAVED' AS VARCHAR(13))
           WHEN s.out_type = 'ItemMovedToCart' THEN 'MOVED_TO_CART'
           WHEN s.out_type IN ('ItemRemoved', 'SavedItemRemoved') THEN 'REMOVED'
           WHEN e.event_type = 'CheckedOut' THEN 'CHECKED_OUT'
           WHEN e.event_type = 'CartCleared' THEN 'CLEARED'
           WHEN e.event_type = 'CartHandedOver' THEN 'HANDED_OVER'
           WHEN e.event_type = 'CartExpired' THEN 'EXPIRED'
           ELSE 'OPEN'
       END AS outcome,
       CAST(ROUND((EXTRACT(EPOCH FROM s.bought_at) - EXTRACT(EPOCH FROM s.added_at)) / 60.0, 2) AS NUMERIC(18, 2))
           AS minutes_to_purchase
FROM stays s
LEFT JOIN ends e
    ON e.list = s.list AND e.account_id = s.account_id AND e.era = s.era + 1 AND s.out_version IS NULL;

CREATE OR REPLACE VIEW marts.cart_items AS
SELECT account_id,
       product_key,
       MAX(product_id) AS product_id,
       MAX(category) AS category,
       SUM(CASE WHEN list = 'CART' THEN 1 ELSE 0 END) AS times_in_cart,
       MIN(CASE WHEN list = 'CART' THEN added_at END) AS first_added_at,
       MAX(CASE WHEN list = 'CART' THEN last_added_at END) AS last_added_at,
       SUM(CASE WHEN list = 'SAVED' THEN 1 ELSE 0 END) AS times_saved,
       MIN(CASE WHEN list = 'SAVED' THEN added_at END) AS first_saved_at,
       MAX(CASE WHEN outcome = 'MOVED_TO_CART' THEN ended_at END) AS last_moved_at,
       MAX(CASE WHEN outcome = 'REMOVED' THEN ended_at END) AS last_removed_at,
       MIN(bought_at) AS first_bought_at,
       MIN(CASE WHEN list = 'CART' THEN minutes_to_purchase END) AS minutes_to_purchase,
       MAX(CASE WHEN list = 'CART' AND outcome = 'OPEN' THEN quantity END) AS quantity_in_cart,
       MAX(CASE WHEN list = 'CART' AND outcome = 'OPEN' THEN 1 ELSE 0 END) AS is_in_cart,
       MAX(CASE WHEN list = 'SAVED' AND outcome = 'OPEN' THEN 1 ELSE 0 END) AS is_saved,
       MAX(CASE WHEN outcome = 'HANDED_OVER' THEN 1 ELSE 0 END) AS is_handed_over
FROM marts.item_stays
GROUP BY account_id, product_key;

-- ---- facts: visits

CREATE OR REPLACE VIEW marts.clicks AS
SELECT click_id,
       account_id,
       session_id,
       action,
       occurred_at,
       recorded_at,
       sku,
       CASE WHEN sku LIKE 'P-%' THEN SUBSTRING(sku, 3, 40) ELSE sku END AS product_key,
       category_id,
       category,
       brand,
       unit_price,
       command_id
FROM warehouse.clicks;

CREATE OR REPLACE VIEW marts.online_actions AS
SELECT e.account_id, e.version, e.occurred_at AT TIME ZONE 'UTC' AS happened_at, e.sku,
       e.product_key, e.category, e.quantity, e.unit_price,
       CASE
           WHEN e.event_type IN ('ItemAdded', 'ItemMovedToCart') THEN CAST('cart' AS VARCHAR(20))
           WHEN e.event_type = 'ItemRemoved' THEN 'remove_from_cart'
           ELSE 'save'
       END AS action
FROM marts.cart_events e
LEFT JOIN warehouse.clicks c ON c.account_id = e.account_id AND c.command_id = e.command_id
WHERE c.click_id IS NULL
  AND e.event_type IN ('ItemAdded', 'ItemMovedToCart', 'ItemRemoved', 'ItemSaved', 'ItemSavedForLater')
UNION ALL
SELECT o.account_id, o.version, o.occurred_at AT TIME ZONE 'UTC' AS happened_at, o.sku,
       CASE WHEN o.sku LIKE 'P-%' THEN SUBSTRING(o.sku, 3, 40) ELSE o.sku END AS product_key,
       o.category, o.quantity, o.unit_price, CAST('purchase' AS VARCHAR(20)) AS action
FROM warehouse.order_lines o
JOIN warehouse.events e ON e.event_id = o.event_id AND e.event_type = 'CheckedOut'
LEFT JOIN warehouse.clicks c ON c.account_id = e.account_id AND c.command_id = e.command_id
WHERE c.click_id IS NULL;

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
LEFT JOIN warehouse.clicks c ON c.account_id = e.account_id AND c.command_id = e.command_id
WHERE c.click_id IS NULL AND e.event_type = 'PurchaseRecorded' AND e.quantity > 0;

CREATE OR REPLACE VIEW marts.sessions AS
SELECT session_id,
       MIN(account_id) AS account_id,
       MIN(happened_at) AS started_at,
       MAX(happened_at) AS ended_at,
       CAST(EXTRACT(EPOCH FROM MAX(happened_at)) - EXTRACT(EPOCH FROM MIN(happened_at)) AS BIGINT) AS seconds,
       COUNT(*) AS actions,
       SUM(CASE WHEN action = 'view' THEN 1 ELSE 0 END) AS views,
       SUM(CASE WHEN action = 'cart' THEN 1 ELSE 0 END) AS carts,
       SUM(CASE WHEN action = 'purchase' THEN 1 ELSE 0 END) AS purchases,
       SUM(CASE WHEN action = 'purchase' THEN quantity * unit_price ELSE 0 END) AS amount
FROM marts.activity
WHERE session_id IS NOT NULL
GROUP BY session_id;

-- ---- dimensions

CREATE OR REPLACE VIEW marts.product_names AS
SELECT product_key, sku, description, category, CAST(NULL AS VARCHAR(60)) AS brand, COUNT(*) AS mentions
FROM marts.order_lines
GROUP BY product_key, sku, description, category
UNION ALL
SELECT product_key, sku, CAST(NULL AS VARCHAR(120)), category, CAST(NULL AS VARCHAR(60)), COUNT(*)
FROM marts.cart_events
WHERE sku IS NOT NULL AND event_type <> 'PurchaseRecorded'
GROUP BY product_key, sku, category
UNION ALL
SELECT product_key, sku, CAST(NULL AS VARCHAR(120)), category, brand, COUNT(*)
FROM marts.clicks
WHERE sku IS NOT NULL
GROUP BY product_key, sku, category, brand;

CREATE OR REPLACE VIEW marts.dim_product AS
SELECT product_key,
       MIN(sku) AS product_id,
       MAX(CASE WHEN description_rank = 1 THEN description END) AS description,
       MAX(CASE WHEN category_rank = 1 THEN category END) AS category,
       MAX(CASE WHEN brand_rank = 1 THEN brand END) AS brand
FROM (
    SELECT product_key, sku, description, category, brand,
           ROW_NUMBER() OVER (PARTITION BY product_key ORDER BY CASE WHEN description IS NULL THEN 1 ELSE 0 END, mentions DESC, description) AS description_rank,
           ROW_NUMBER() OVER (PARTITION BY product_key ORDER BY CASE WHEN category IS NULL THEN 1 ELSE 0 END, mentions DESC, category) AS category_rank,
           ROW_NUMBER() OVER (PARTITION BY product_key ORDER BY CASE WHEN brand IS NULL THEN 1 ELSE 0 END, mentions DESC, brand) AS brand_rank
    FROM marts.product_names
) ranked
GROUP BY product_key;

CREATE OR REPLACE VIEW marts.dim_category AS
SELECT category,
       SPLIT_PART(category, '.', 1) AS department,
       NULLIF(SPLIT_PART(category, '.', 2), '') AS section,
       NULLIF(SPLIT_PART(category, '.', 3), '') AS subsection,
       COUNT(*) AS products
FROM marts.dim_product
WHERE category IS NOT NULL
GROUP BY category;

CREATE OR REPLACE VIEW marts.dim_customer AS
SELECT account_id,
       MAX(country) AS country,
       MIN(first_seen_at) AS first_seen_at,
       MAX(last_seen_at) AS last_seen_at,
       MIN(first_ordered_at) AS first_ordered_at,
       MAX(last_ordered_at) AS last_ordered_at,
       MAX(orders) AS orders
FROM (
    SELECT account_id, CAST(NULL AS VARCHAR(40)) AS country,
           MIN(occurred_at) AS first_seen_at, MAX(occurred_at) AS last_seen_at,
           CAST(NULL AS TIMESTAMPTZ) AS first_ordered_at, CAST(NULL AS TIMESTAMPTZ) AS last_ordered_at,
           CAST(0 AS BIGINT) AS orders
    FROM warehouse.events
    WHERE account_id NOT LIKE 'guest-%'
    GROUP BY account_id
    UNION ALL
    SELECT account_id, MAX(CASE WHEN newest = 1 THEN country END),
           MIN(first_occurred_at), MAX(last_occurred_at),
           MIN(first_occurred_at), MAX(last_occurred_at), COUNT(*)
    FROM (
        SELECT account_id, country, first_occurred_at, last_occurred_at,
               ROW_NUMBER() OVER (
                   PARTITION BY account_id
                   ORDER BY CASE WHEN country IS NULL THEN 1 ELSE 0 END, last_occurred_at DESC, order_id DESC) AS newest
        FROM marts.orders
        WHERE account_id IS NOT NULL
    ) own
    GROUP BY account_id
) seen
GROUP BY account_id;

CREATE OR REPLACE VIEW marts.dim_date AS
SELECT CAST(day AS DATE) AS day,
       CAST(EXTRACT(YEAR FROM day) AS INTEGER) AS year,
       CAST(EXTRACT(QUARTER FROM day) AS INTEGER) AS quarter,
       CAST(EXTRACT(MONTH FROM day) AS INTEGER) AS month,
       TRIM(TO_CHAR(day, 'Month')) AS month_name,
       TO_CHAR(day, 'IYYY-"W"IW') AS week,
       CAST(DATE_TRUNC('week', day) AS DATE) AS week_start,
       CAST(CASE EXTRACT(DOW FROM day) WHEN 0 THEN 7 ELSE EXTRACT(DOW FROM day) END AS INTEGER) AS iso_weekday,
       TRIM(TO_CHAR(day, 'Day')) AS weekday_name,
       CASE WHEN EXTRACT(DOW FROM day) IN (0, 6) THEN TRUE ELSE FALSE END AS is_weekend
FROM (
    SELECT CAST(DATE '2009-01-01' + (d.n + 10 * c.n + 100 * b.n + 1000 * a.n) AS TIMESTAMP) AS day
    FROM (SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9 UNION ALL SELECT 10 UNION ALL SELECT 11) a
    CROSS JOIN (SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9) b
    CROSS JOIN (SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9) c
    CROSS JOIN (SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9) d
) days
WHERE day < DATE '2041-01-01';

-- ---- reports: sales

CREATE OR REPLACE VIEW marts.sales_by_hour AS
SELECT scope,
       TO_CHAR(hour_start, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS period,
       SUM(amount) AS sales,
       COUNT(*) AS orders,
       CAST(SUM(quantity) AS BIGINT) AS quantity,
       CAST(SUM(lines) AS BIGINT) AS lines,
       hour_start AS period_start
FROM marts.scoped_order_hours
GROUP BY scope, hour_start;

CREATE OR REPLACE VIEW marts.sales_by_day AS
SELECT scope,
       TO_CHAR(period_start, 'YYYY-MM-DD') AS period,
       SUM(amount) AS sales,
       COUNT(DISTINCT order_id) AS orders,
       CAST(SUM(quantity) AS BIGINT) AS quantity,
       CAST(SUM(lines) AS BIGINT) AS lines,
       period_start
FROM (
    SELECT scope, order_id, amount, quantity, lines, DATE_TRUNC('day', hour_start) AS period_start
    FROM marts.scoped_order_hours
) hours
GROUP BY scope, period_start;

CREATE OR REPLACE VIEW marts.sales_by_month AS
SELECT scope,
       TO_CHAR(period_start, 'YYYY-MM') AS period,
       SUM(amount) AS sales,
       COUNT(DISTINCT order_id) AS orders,
       CAST(SUM(quantity) AS BIGINT) AS quantity,
       CAST(SUM(lines) AS BIGINT) AS lines,
       period_start
FROM (
    SELECT scope, order_id, amount, quantity, lines, DATE_TRUNC('month', hour_start) AS period_start
    FROM marts.scoped_order_hours
) hours
GROUP BY scope, period_start;

CREATE OR REPLACE VIEW marts.sales_by_year AS
SELECT scope,
       TO_CHAR(period_start, 'YYYY') AS period,
       SUM(amount) AS sales,
       COUNT(DISTINCT order_id) AS orders,
       CAST(SUM(quantity) AS BIGINT) AS quantity,
       CAST(SUM(lines) AS BIGINT) AS lines,
       period_start
FROM (
    SELECT scope, order_id, amount, quantity, lines, DATE_TRUNC('year', hour_start) AS period_start
    FROM marts.scoped_order_hours
) hours
GROUP BY scope, period_start;

CREATE OR REPLACE VIEW marts.sales_by_weekday AS
SELECT scope,
       iso_weekday,
       SUM(amount) AS sales,
       COUNT(DISTINCT order_id) AS orders,
       CAST(SUM(quantity) AS BIGINT) AS quantity
FROM (
    SELECT scope, order_id, amount, quantity,
           CAST(CASE EXTRACT(DOW FROM hour_start) WHEN 0 THEN 7 ELSE EXTRACT(DOW FROM hour_start) END AS INTEGER) AS iso_weekday
    FROM marts.scoped_order_hours
) hours
GROUP BY scope, iso_weekday;

CREATE OR REPLACE VIEW marts.average_sales AS
SELECT t.scope,
       k.period_kind,
       CAST(ROUND(CASE k.period_kind
           WHEN 'hour' THEN t.sales / t.hours
           WHEN 'day' THEN t.sales / t.days
           WHEN 'month' THEN t.sales / t.months
           ELSE t.sales / t.years END, 4) AS NUMERIC(38, 4)) AS average,
       CASE k.period_kind WHEN 'hour' THEN t.hours WHEN 'day' THEN t.days WHEN 'month' THEN t.months ELSE t.years END AS periods,
       CAST(ROUND(CASE k.period_kind
           WHEN 'hour' THEN t.sales / t.all_hours
           WHEN 'day' THEN t.sales / t.all_days
           WHEN 'month' THEN t.sales / t.all_months
           ELSE t.sales / t.all_years END, 4) AS NUMERIC(38, 4)) AS average_of_all,
       CASE k.period_kind WHEN 'hour' THEN t.all_hours WHEN 'day' THEN t.all_days WHEN 'month' THEN t.all_months ELSE t.all_years END AS all_periods
FROM (
    SELECT scope,
           SUM(amount) AS sales,
           COUNT(DISTINCT hour_start) AS hours,
           COUNT(DISTINCT DATE_TRUNC('day', hour_start)) AS days,
           COUNT(DISTINCT DATE_TRUNC('month', hour_start)) AS months,
           COUNT(DISTINCT DATE_TRUNC('year', hour_start)) AS years,
           CAST((EXTRACT(EPOCH FROM MAX(hour_start)) - EXTRACT(EPOCH FROM MIN(hour_start))) / 3600 + 1 AS BIGINT) AS all_hours,
           CAST(CAST(MAX(hour_start) AS DATE) - CAST(MIN(hour_start) AS DATE) + 1 AS BIGINT) AS all_days,
           CAST(12 * (EXTRACT(YEAR FROM MAX(hour_start)) - EXTRACT(YEAR FROM MIN(hour_start)))
               + EXTRACT(MONTH FROM MAX(hour_start)) - EXTRACT(MONTH FROM MIN(hour_start)) + 1 AS BIGINT) AS all_months,
           CAST(EXTRACT(YEAR FROM MAX(hour_start)) - EXTRACT(YEAR FROM MIN(hour_start)) + 1 AS BIGINT) AS all_years
    FROM marts.scoped_order_hours
    GROUP BY scope
) t
CROSS JOIN (
    SELECT CAST('hour' AS VARCHAR(5)) AS period_kind
    UNION ALL SELECT 'day'
    UNION ALL SELECT 'month'
    UNION ALL SELECT 'year'
) k;

CREATE OR REPLACE VIEW marts.sales_by_country AS
SELECT scope, country, SUM(amount) AS amount, COUNT(DISTINCT order_id) AS orders, CAST(SUM(quantity) AS BIGINT) AS quantity
FROM marts.scoped_order_hours
GROUP BY scope, country;

CREATE OR REPLACE VIEW marts.top_invoices AS
SELECT scope,
       ROW_NUMBER() OVER (PARTITION BY scope ORDER BY amount DESC, order_id) AS rank,
       order_id, amount, account_id, country, lines, quantity, last_occurred_at
FROM (
    SELECT scope, order_id, SUM(amount) AS amount, MIN(account_id) AS account_id, MIN(country) AS country,
           CAST(SUM(lines) AS BIGINT) AS lines, CAST(SUM(quantity) AS BIGINT) AS quantity,
           MAX(last_occurred_at) AS last_occurred_at
    FROM marts.scoped_order_hours
    GROUP BY scope, order_id
) orders;

CREATE OR REPLACE VIEW marts.top_products AS
SELECT scope,
       ROW_NUMBER() OVER (PARTITION BY scope ORDER BY quantity DESC, product_key) AS rank,
       sku, quantity, amount, lines, description, product_key
FROM (
    SELECT scope, product_key, MIN(sku) AS sku,
           CAST(SUM(quantity) AS BIGINT) AS quantity, SUM(amount) AS amount,
           CAST(SUM(lines) AS BIGINT) AS lines,
           MAX(CASE WHEN name_rank = 1 THEN description END) AS description
    FROM (
        SELECT scope, product_key, sku, description, quantity, amount, lines,
               ROW_NUMBER() OVER (
                   PARTITION BY scope, product_key
                   ORDER BY CASE WHEN description IS NULL THEN 1 ELSE 0 END, lines DESC, description) AS name_rank
        FROM (
            SELECT scope, product_key, sku, description, SUM(quantity) AS quantity, SUM(amount) AS amount, COUNT(*) AS lines
            FROM marts.scoped_order_lines
            GROUP BY scope, product_key, sku, description
        ) spelled
    ) named
    GROUP BY scope, product_key
) products;

CREATE OR REPLACE VIEW marts.sold_skus AS
SELECT product_key, MIN(sku) AS sku
FROM marts.order_lines
GROUP BY product_key;

CREATE OR REPLACE VIEW marts.most_sold_by_hour AS
SELECT m.scope, TO_CHAR(m.period_start, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS period, s.sku, m.quantity, m.product_key, m.period_start
FROM (
    SELECT scope, period_start, MIN(product_key) AS product_key, quantity
    FROM (
        SELECT scope, period_start, product_key, quantity,
               MAX(quantity) OVER (PARTITION BY scope, period_start) AS most
        FROM (
            SELECT scope, DATE_TRUNC('hour', sold_at) AS period_start, product_key,
                   SUM(quantity) AS quantity
            FROM marts.scoped_order_lines
            GROUP BY scope, DATE_TRUNC('hour', sold_at), product_key
        ) sold
    ) compared
    WHERE quantity = most
    GROUP BY scope, period_start, quantity
) m
JOIN marts.sold_skus s ON s.product_key = m.product_key;

CREATE OR REPLACE VIEW marts.most_sold_by_day AS
SELECT m.scope, TO_CHAR(m.period_start, 'YYYY-MM-DD') AS period, s.sku, m.quantity, m.product_key, m.period_start
FROM (
    SELECT scope, period_start, MIN(product_key) AS product_key, quantity
    FROM (
        SELECT scope, period_start, product_key, quantity,
               MAX(quantity) OVER (PARTITION BY scope, period_start) AS most
        FROM (
            SELECT scope, DATE_TRUNC('day', sold_at) AS period_start, product_key,
                   SUM(quantity) AS quantity
            FROM marts.scoped_order_lines
            GROUP BY scope, DATE_TRUNC('day', sold_at), product_key
        ) sold
    ) compared
    WHERE quantity = most
    GROUP BY scope, period_start, quantity
) m
JOIN marts.sold_skus s ON s.product_key = m.product_key;

CREATE OR REPLACE VIEW marts.most_sold_by_month AS
SELECT m.scope, TO_CHAR(m.period_start, 'YYYY-MM') AS period, s.sku, m.quantity, m.product_key, m.period_start
FROM (
    SELECT scope, period_start, MIN(product_key) AS product_key, quantity
    FROM (
        SELECT scope, period_start, product_key, quantity,
               MAX(quantity) OVER (PARTITION BY scope, period_start) AS most
        FROM (
            SELECT scope, DATE_TRUNC('month', sold_at) AS period_start, product_key,
                   SUM(quantity) AS quantity
            FROM marts.scoped_order_lines
            GROUP BY scope, DATE_TRUNC('month', sold_at), product_key
        ) sold
    ) compared
    WHERE quantity = most
    GROUP BY scope, period_start, quantity
) m
JOIN marts.sold_skus s ON s.product_key = m.product_key;

CREATE OR REPLACE VIEW marts.most_sold_by_year AS
SELECT m.scope, TO_CHAR(m.period_start, 'YYYY') AS period, s.sku, m.quantity, m.product_key, m.period_start
FROM (
    SELECT scope, period_start, MIN(product_key) AS product_key, quantity
    FROM (
        SELECT scope, period_start, product_key, quantity,
               MAX(quantity) OVER (PARTITION BY scope, period_start) AS most
        FROM (
            SELECT scope, DATE_TRUNC('year', sold_at) AS period_start, product_key,
                   SUM(quantity) AS quantity
            FROM marts.scoped_order_lines
            GROUP BY scope, DATE_TRUNC('year', sold_at), product_key
        ) sold
    ) compared
    WHERE quantity = most
    GROUP BY scope, period_start, quantity
) m
JOIN marts.sold_skus s ON s.product_key = m.product_key;

CREATE OR REPLACE VIEW marts.weekly_report AS
SELECT TO_CHAR(period_start, 'IYYY-"W"IW') AS week,
       COUNT(DISTINCT order_id) AS orders,
       COUNT(DISTINCT sale_order_id) AS sale_orders,
       COUNT(DISTINCT account_id) AS customers,
       COUNT(DISTINCT new_account_id) AS new_customers,
       CAST(SUM(sale_quantity) AS BIGINT) AS items_sold,
       SUM(sale_amount) AS sales,
       SUM(return_amount) AS returned,
       SUM(amount) AS net,
       CAST(ROUND(SUM(sale_amount) / NULLIF(COUNT(DISTINCT sale_order_id), 0), 4) AS NUMERIC(38, 4)) AS average_order,
       period_start
FROM (
    SELECT order_id, account_id, sale_quantity, sale_amount, return_amount, amount,
           CASE WHEN sale_lines > 0 THEN order_id END AS sale_order_id,
           CASE WHEN hour_start = MIN(hour_start) OVER (PARTITION BY account_id) THEN account_id END AS new_account_id,
           DATE_TRUNC('week', hour_start) AS period_start
    FROM marts.order_hours
) hours
GROUP BY period_start;

CREATE OR REPLACE VIEW marts.monthly_report AS
SELECT TO_CHAR(period_start, 'YYYY-MM') AS month,
       COUNT(DISTINCT order_id) AS orders,
       COUNT(DISTINCT sale_order_id) AS sale_orders,
       COUNT(DISTINCT account_id) AS customers,
       COUNT(DISTINCT new_account_id) AS new_customers,
       CAST(SUM(sale_quantity) AS BIGINT) AS items_sold,
       SUM(sale_amount) AS sales,
       SUM(return_amount) AS returned,
       SUM(amount) AS net,
       CAST(ROUND(SUM(sale_amount) / NULLIF(COUNT(DISTINCT sale_order_id), 0), 4) AS NUMERIC(38, 4)) AS average_order,
       period_start
FROM (
    SELECT order_id, account_id, sale_quantity, sale_amount, return_amount, amount,
           CASE WHEN sale_lines > 0 THEN order_id END AS sale_order_id,
           CASE WHEN hour_start = MIN(hour_start) OVER (PARTITION BY account_id) THEN account_id END AS new_account_id,
           DATE_TRUNC('month', hour_start) AS period_start
    FROM marts.order_hours
) hours
GROUP BY period_start;

-- ---- reports: customers

CREATE OR REPLACE VIEW marts.customers AS
SELECT scope, account_id, orders, amount, recency_days, first_ordered_at, last_ordered_at,
       recency_score, frequency_score, monetary_score,
       CASE
           WHEN recency_score >= 4 AND frequency_score >= 4 AND monetary_score >= 4 THEN CAST('champion' AS VARCHAR(16))
           WHEN recency_score >= 3 AND frequency_score >= 3 THEN 'loyal'
           WHEN recency_score >= 4 THEN 'new'
           WHEN recency_score = 3 THEN 'needs-attention'
           WHEN frequency_score >= 3 THEN 'at-risk'
           ELSE 'lost'
       END AS segment
FROM (
    SELECT scope, account_id, orders, amount, recency_days, first_ordered_at, last_ordered_at,
           CAST(LEAST(5, 1 + FLOOR(5 * PERCENT_RANK() OVER (PARTITION BY scope ORDER BY recency_days DESC))) AS INTEGER) AS recency_score,
           CAST(LEAST(5, 1 + FLOOR(5 * PERCENT_RANK() OVER (PARTITION BY scope ORDER BY orders))) AS INTEGER) AS frequency_score,
           CAST(LEAST(5, 1 + FLOOR(5 * PERCENT_RANK() OVER (PARTITION BY scope ORDER BY amount))) AS INTEGER) AS monetary_score
    FROM (
        SELECT c.scope, c.account_id, c.orders, c.amount, c.first_ordered_at, c.last_ordered_at,
               CAST(CAST(MAX(c.last_ordered_at) OVER (PARTITION BY c.scope) AS DATE) - CAST(c.last_ordered_at AS DATE) AS INTEGER) AS recency_days
        FROM (
            SELECT scope, account_id, COUNT(DISTINCT order_id) AS orders, SUM(amount) AS amount,
                   MIN(hour_start) AS first_ordered_at,
                   MAX(last_occurred_at AT TIME ZONE 'UTC') AS last_ordered_at
            FROM marts.scoped_order_hours
            WHERE account_id IS NOT NULL
            GROUP BY scope, account_id
        ) c
    ) r
) s;

CREATE OR REPLACE VIEW marts.customer_segments AS
SELECT scope, segment, COUNT(*) AS customers, SUM(amount) AS amount, CAST(SUM(orders) AS BIGINT) AS orders
FROM marts.customers
GROUP BY scope, segment;

-- ---- reports: carts

CREATE OR REPLACE VIEW marts.abandoned_by_user AS
SELECT account_id, product_id, first_added_at, last_added_at, times_in_cart, is_in_cart, category, product_key
FROM marts.cart_items
WHERE times_in_cart > 0 AND first_bought_at IS NULL AND is_handed_over = 0;

CREATE OR REPLACE VIEW marts.abandoned_by_session AS
SELECT session_id, MIN(product_id) AS product_id, MIN(account_id) AS account_id,
       MIN(CASE WHEN action = 'cart' THEN happened_at END) AS first_added_at, product_key
FROM marts.activity
WHERE session_id IS NOT NULL AND product_key IS NOT NULL AND action IN ('cart', 'purchase')
GROUP BY session_id, product_key
HAVING MAX(CASE WHEN action = 'purchase' THEN 1 ELSE 0 END) = 0;

CREATE OR REPLACE VIEW marts.cart_to_purchase AS
WITH carted AS (
    SELECT category, minutes_to_purchase
    FROM marts.item_stays
    WHERE list = 'CART'
)
SELECT CAST('all' AS VARCHAR(8)) AS level,
       CAST(NULL AS VARCHAR(60)) AS category,
       COUNT(*) AS added,
       COUNT(minutes_to_purchase) AS bought,
       CAST(ROUND(1.0 * COUNT(minutes_to_purchase) / NULLIF(COUNT(*), 0), 4) AS NUMERIC(9, 4)) AS bought_share,
       CAST(ROUND(AVG(minutes_to_purchase), 2) AS NUMERIC(18, 2)) AS average_minutes,
       CAST(PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY minutes_to_purchase) AS NUMERIC(18, 2)) AS median_minutes
FROM carted
UNION ALL
SELECT CAST('category' AS VARCHAR(8)),
       category,
       COUNT(*),
       COUNT(minutes_to_purchase),
       CAST(ROUND(1.0 * COUNT(minutes_to_purchase) / NULLIF(COUNT(*), 0), 4) AS NUMERIC(9, 4)),
       CAST(ROUND(AVG(minutes_to_purchase), 2) AS NUMERIC(18, 2)),
       CAST(PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY minutes_to_purchase) AS NUMERIC(18, 2))
FROM carted
GROUP BY category;

CREATE OR REPLACE VIEW marts.saved_never_bought AS
SELECT account_id, product_id, first_saved_at, times_saved, is_saved, category, product_key
FROM marts.cart_items
WHERE times_saved > 0 AND first_bought_at IS NULL AND is_handed_over = 0;

CREATE OR REPLACE VIEW marts.product_holders AS
SELECT h.product_key,
       COALESCE(MIN(h.product_id), MIN(s.sku)) AS product_id,
       h.status,
       CAST(SUM(h.accounts) AS BIGINT) AS accounts,
       CAST(SUM(h.quantity) AS BIGINT) AS quantity
FROM (
    SELECT product_key, MIN(product_id) AS product_id, COUNT(*) AS accounts, SUM(quantity) AS quantity,
           CASE list WHEN 'CART' THEN CAST('ACTIVE' AS VARCHAR(9)) ELSE 'SAVED' END AS status
    FROM marts.item_stays
    WHERE outcome = 'OPEN'
    GROUP BY product_key, list
    UNION ALL
    SELECT product_key, CAST(NULL AS VARCHAR(40)), COUNT(*), SUM(quantity), CAST('PURCHASED' AS VARCHAR(9))
    FROM (
        SELECT product_key, account_id, SUM(quantity) AS quantity
        FROM (
            SELECT account_id, quantity,
                   CASE WHEN sku LIKE 'P-%' THEN SUBSTRING(sku, 3, 40) ELSE sku END AS product_key
            FROM warehouse.order_lines
            WHERE kind = 'SALE' AND quantity > 0
        ) lines
        GROUP BY product_key, account_id
    ) buyers
    GROUP BY product_key
) h
LEFT JOIN marts.sold_skus s ON s.product_key = h.product_key
GROUP BY h.product_key, h.status;

-- ---- reports: visits

CREATE OR REPLACE VIEW marts.unique_visitors_per_day AS
SELECT day, COUNT(*) AS visitors, CAST(SUM(actions) AS BIGINT) AS actions, SUM(is_buyer) AS buyers
FROM (
    SELECT CAST(happened_at AS DATE) AS day, account_id, COUNT(*) AS actions,
           MAX(CASE WHEN action = 'purchase' THEN 1 ELSE 0 END) AS is_buyer
    FROM marts.activity
    WHERE source <> 'till'
    GROUP BY CAST(happened_at AS DATE), account_id
) visits
GROUP BY day;

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
                   SUM(CASE WHEN action = 'purchase' THEN unit_price ELSE 0 END) AS amount
            FROM marts.clicks
            GROUP BY brand, account_id
        ) per_visitor
        GROUP BY brand
    ) totals
) compared;

CREATE OR REPLACE VIEW marts.categories_by_hour AS
SELECT CAST(EXTRACT(HOUR FROM happened_at) AS INTEGER) AS hour, category, COUNT(*) AS events,
       SUM(CASE WHEN action = 'view' THEN 1 ELSE 0 END) AS views,
       SUM(CASE WHEN action = 'cart' THEN 1 ELSE 0 END) AS carts,
       SUM(CASE WHEN action = 'purchase' THEN 1 ELSE 0 END) AS purchases
FROM marts.activity
GROUP BY CAST(EXTRACT(HOUR FROM happened_at) AS INTEGER), category;

CREATE OR REPLACE VIEW marts.categories_by_weekday AS
SELECT iso_weekday, category, COUNT(*) AS events,
       SUM(CASE WHEN action = 'view' THEN 1 ELSE 0 END) AS views,
       SUM(CASE WHEN action = 'cart' THEN 1 ELSE 0 END) AS carts,
       SUM(CASE WHEN action = 'purchase' THEN 1 ELSE 0 END) AS purchases
FROM (
    SELECT category, action,
           CAST(CASE EXTRACT(DOW FROM happened_at) WHEN 0 THEN 7 ELSE EXTRACT(DOW FROM happened_at) END AS INTEGER) AS iso_weekday
    FROM marts.activity
) days
GROUP BY iso_weekday, category;

-- ---- what it all means

COMMENT ON COLUMN warehouse.events.event_id IS 'The event''s id, unique.';
COMMENT ON COLUMN warehouse.events.account_id IS 'The account; guest-... for a guest.';
COMMENT ON COLUMN warehouse.events.event_type IS 'What happened: ItemAdded, QuantitySet, ... as in marts.cart_events.';
COMMENT ON COLUMN warehouse.events.order_id IS 'Of a CheckedOut or PurchaseRecorded: the till''s invoice number, or O-... for a checkout.';
COMMENT ON COLUMN warehouse.events.line_no IS 'Of a PurchaseRecorded: 1, 2, 3 ... within the order.';
COMMENT ON COLUMN warehouse.events.occurrence IS 'Of a PurchaseRecorded: 1, 2, 3 ... among the order''s lines of the same product.';
COMMENT ON COLUMN warehouse.events.sku IS 'The product of an event of one line, as the shop writes it.';
COMMENT ON COLUMN warehouse.events.description IS 'The product''s name on the till''s line.';
COMMENT ON COLUMN warehouse.events.category IS 'Category of the event''s product, if known.';
COMMENT ON COLUMN warehouse.events.quantity IS 'Of the line as it is after the event, or as it was when the event took it away.';
COMMENT ON COLUMN warehouse.events.unit_price IS 'Price of one, if known.';
COMMENT ON COLUMN warehouse.events.kind IS 'SALE, RETURN or ADJUSTMENT; null when the event is no order.';
COMMENT ON COLUMN warehouse.events.country IS 'Of the buyer, if the till gave it.';
COMMENT ON COLUMN warehouse.events.kafka_partition IS 'Partition of cart.events.';
COMMENT ON COLUMN warehouse.events.kafka_offset IS 'Offset in the partition; with it, unique.';

COMMENT ON COLUMN warehouse.order_lines.order_id IS 'The till''s invoice number, or O-... for a checkout.';
COMMENT ON COLUMN warehouse.order_lines.line_no IS '1, 2, 3 ... within the order.';
COMMENT ON COLUMN warehouse.order_lines.sku IS 'The product, as the shop writes it.';
COMMENT ON COLUMN warehouse.order_lines.description IS 'The product''s name on the till''s line; null for a checkout''s.';
COMMENT ON COLUMN warehouse.order_lines.category IS 'Category of the product; null if nobody said.';
COMMENT ON COLUMN warehouse.order_lines.quantity IS 'Negative for what came back or was written off.';
COMMENT ON COLUMN warehouse.order_lines.unit_price IS 'Price of one, in the shop''s one currency.';
COMMENT ON COLUMN warehouse.order_lines.amount IS 'quantity * unit_price, exact.';
COMMENT ON COLUMN warehouse.order_lines.country IS 'Of the buyer, if the till gave it.';
COMMENT ON COLUMN warehouse.order_lines.occurred_at IS 'Business time, UTC.';
COMMENT ON COLUMN warehouse.order_lines.recorded_at IS 'Log time, UTC.';
COMMENT ON COLUMN warehouse.order_lines.kind IS 'SALE, RETURN or ADJUSTMENT; a checkout''s lines are SALE.';
COMMENT ON COLUMN warehouse.order_lines.event_id IS 'The event that made the line.';
COMMENT ON COLUMN warehouse.order_lines.version IS 'The event''s version of its account.';
COMMENT ON COLUMN warehouse.order_lines.kafka_partition IS 'Partition of cart.events.';
COMMENT ON COLUMN warehouse.order_lines.kafka_offset IS 'Offset in the partition.';

COMMENT ON COLUMN warehouse.load_ledger.snapshot_id IS 'Iceberg''s id of the snapshot.';
COMMENT ON COLUMN warehouse.load_ledger.sequence_number IS 'Iceberg''s count of the table''s snapshots.';
COMMENT ON COLUMN warehouse.load_ledger.offsets_from IS 'JSON: partition to first offset.';
COMMENT ON COLUMN warehouse.load_ledger.offsets_to IS 'JSON: partition to the offset after the last.';
COMMENT ON COLUMN warehouse.load_ledger.rows IS 'Events of the snapshot.';
COMMENT ON COLUMN warehouse.load_ledger.order_lines IS 'Order lines of the snapshot.';
COMMENT ON COLUMN warehouse.load_ledger.files IS 'Data files of the snapshot.';
COMMENT ON COLUMN warehouse.load_ledger.loaded_at IS 'When it was loaded, UTC.';

COMMENT ON TABLE warehouse.schema_versions IS 'Which files of tables and views have been applied.';
COMMENT ON COLUMN warehouse.schema_versions.name IS 'Name of the file.';
COMMENT ON COLUMN warehouse.schema_versions.applied_at IS 'When, UTC.';

COMMENT ON TABLE warehouse.clicks IS 'What shoppers did on the site, once each; empty until a source of clicks is connected.';
COMMENT ON COLUMN warehouse.clicks.click_id IS 'The click''s id, unique.';
COMMENT ON COLUMN warehouse.clicks.account_id IS 'The account; guest-... for a guest.';
COMMENT ON COLUMN warehouse.clicks.session_id IS 'The visit, as the site names it.';
COMMENT ON COLUMN warehouse.clicks.action IS 'view, cart, remove_from_cart or purchase.';
COMMENT ON COLUMN warehouse.clicks.occurred_at IS 'Business time, UTC.';
COMMENT ON COLUMN warehouse.clicks.recorded_at IS 'Log time, UTC.';
COMMENT ON COLUMN warehouse.clicks.sku IS 'The product, as the shop writes it.';
COMMENT ON COLUMN warehouse.clicks.category_id IS 'The site''s number of the category; text, because it is beyond what a float holds.';
COMMENT ON COLUMN warehouse.clicks.category IS 'Category of the product; null if nobody said.';
COMMENT ON COLUMN warehouse.clicks.brand IS 'Of the product; null if nobody said.';
COMMENT ON COLUMN warehouse.clicks.unit_price IS 'Price that was shown.';
COMMENT ON COLUMN warehouse.clicks.command_id IS 'The idempotency key of the command that the click led to, if it led to one.';
COMMENT ON COLUMN warehouse.clicks.kafka_partition IS 'Partition of shop.clicks.';
COMMENT ON COLUMN warehouse.clicks.kafka_offset IS 'Offset in the partition.';

COMMENT ON COLUMN marts.order_lines.category IS 'Category of the product; null if nobody said.';
COMMENT ON COLUMN marts.order_lines.product_key IS 'The product without the prefix P-, in which two spellings of one product may differ; joins all marts.';
COMMENT ON COLUMN marts.order_lines.is_sale IS 'A positive sale: kind SALE, quantity above 0, unit_price above 0.';

COMMENT ON VIEW marts.returns IS 'Fact: one row for each line that is no sale: what came back (RETURN) and corrections of the books (ADJUSTMENT).';
COMMENT ON COLUMN marts.returns.order_id IS 'The till''s invoice number.';
COMMENT ON COLUMN marts.returns.line_no IS '1, 2, 3 ... within the order.';
COMMENT ON COLUMN marts.returns.account_id IS 'The buyer; null for a guest.';
COMMENT ON COLUMN marts.returns.product_key IS 'The product without the prefix P-, in which two spellings of one product may differ; joins all marts.';
COMMENT ON COLUMN marts.returns.sku IS 'The product, as the shop writes it.';
COMMENT ON COLUMN marts.returns.description IS 'The product''s name on the till''s line.';
COMMENT ON COLUMN marts.returns.kind IS 'RETURN or ADJUSTMENT.';
COMMENT ON COLUMN marts.returns.quantity IS 'Negative for what came back or was written off.';
COMMENT ON COLUMN marts.returns.unit_price IS 'Price of one.';
COMMENT ON COLUMN marts.returns.amount IS 'quantity * unit_price, exact.';
COMMENT ON COLUMN marts.returns.country IS 'Of the buyer, if the till gave it.';
COMMENT ON COLUMN marts.returns.occurred_at IS 'Business time, UTC.';

COMMENT ON VIEW marts.order_hours IS 'Building block: one row for each order and hour in which it has lines, with all and positive sales side by side.';
COMMENT ON COLUMN marts.order_hours.order_id IS 'The till''s invoice number, or O-... for a checkout.';
COMMENT ON COLUMN marts.order_hours.hour_start IS 'Start of the hour, UTC.';
COMMENT ON COLUMN marts.order_hours.account_id IS 'The buyer; null for a guest.';
COMMENT ON COLUMN marts.order_hours.country IS 'Of the buyer, if the till gave it.';
COMMENT ON COLUMN marts.order_hours.last_occurred_at IS 'Business time of the newest of these lines.';
COMMENT ON COLUMN marts.order_hours.lines IS 'Lines in this hour.';
COMMENT ON COLUMN marts.order_hours.quantity IS 'Pieces, net.';
COMMENT ON COLUMN marts.order_hours.amount IS 'Net amount.';
COMMENT ON COLUMN marts.order_hours.sale_lines IS 'Lines with is_sale.';
COMMENT ON COLUMN marts.order_hours.sale_quantity IS 'Pieces of lines with is_sale.';
COMMENT ON COLUMN marts.order_hours.sale_amount IS 'Amount of lines with is_sale.';
COMMENT ON COLUMN marts.order_hours.return_amount IS 'Amount of lines of kind RETURN; negative.';

COMMENT ON VIEW marts.scoped_order_hours IS 'Building block: order_hours once for each scope. Ask for one scope.';
COMMENT ON COLUMN marts.scoped_order_hours.scope IS 'all: every line, so that sales are net of returns and adjustments; sales: lines with is_sale only.';
COMMENT ON COLUMN marts.scoped_order_hours.order_id IS 'The till''s invoice number, or O-... for a checkout.';
COMMENT ON COLUMN marts.scoped_order_hours.hour_start IS 'Start of the hour, UTC.';
COMMENT ON COLUMN marts.scoped_order_hours.account_id IS 'The buyer; null for a guest.';
COMMENT ON COLUMN marts.scoped_order_hours.country IS 'Of the buyer, if the till gave it.';
COMMENT ON COLUMN marts.scoped_order_hours.last_occurred_at IS 'Business time of the newest of these lines.';
COMMENT ON COLUMN marts.scoped_order_hours.lines IS 'Lines in this hour and scope.';
COMMENT ON COLUMN marts.scoped_order_hours.quantity IS 'Pieces, net in scope all.';
COMMENT ON COLUMN marts.scoped_order_hours.amount IS 'Amount, net in scope all.';

COMMENT ON VIEW marts.scoped_order_lines IS 'Building block: order lines once for each scope. Ask for one scope.';
COMMENT ON COLUMN marts.scoped_order_lines.scope IS 'all: every line, so that sales are net of returns and adjustments; sales: lines with is_sale only.';
COMMENT ON COLUMN marts.scoped_order_lines.product_key IS 'The product without the prefix P-, in which two spellings of one product may differ; joins all marts.';
COMMENT ON COLUMN marts.scoped_order_lines.sku IS 'The product, as the shop writes it.';
COMMENT ON COLUMN marts.scoped_order_lines.description IS 'The product''s name on the till''s line.';
COMMENT ON COLUMN marts.scoped_order_lines.country IS 'Of the buyer, if the till gave it.';
COMMENT ON COLUMN marts.scoped_order_lines.quantity IS 'Pieces.';
COMMENT ON COLUMN marts.scoped_order_lines.amount IS 'quantity * unit_price, exact.';
COMMENT ON COLUMN marts.scoped_order_lines.sold_at IS 'Business time, UTC.';

COMMENT ON COLUMN marts.cart_events.event_id IS 'The event''s id, unique.';
COMMENT ON COLUMN marts.cart_events.command_id IS 'The idempotency key of the command that caused the event.';
COMMENT ON COLUMN marts.cart_events.sku IS 'The product of an event of one line, as the shop writes it.';
COMMENT ON COLUMN marts.cart_events.product_key IS 'The product without the prefix P-, in which two spellings of one product may differ; joins all marts.';
COMMENT ON COLUMN marts.cart_events.category IS 'Category of the event''s product, if known.';
COMMENT ON COLUMN marts.cart_events.quantity IS 'Of the line as it is after the event, or as it was when the event took it away.';
COMMENT ON COLUMN marts.cart_events.unit_price IS 'Price of one, if known.';
COMMENT ON COLUMN marts.cart_events.order_id IS 'Of a CheckedOut or PurchaseRecorded.';
COMMENT ON COLUMN marts.cart_events.amount IS 'Net amount of the event''s order lines; null when it has none.';

COMMENT ON VIEW marts.list_moves IS 'Building block: one row for each event that puts one product into a cart or saved list, changes it there, or takes it out.';
COMMENT ON COLUMN marts.list_moves.list IS 'CART or SAVED.';
COMMENT ON COLUMN marts.list_moves.account_id IS 'The account; guest-... for a guest.';
COMMENT ON COLUMN marts.list_moves.version IS 'The event''s version of its account.';
COMMENT ON COLUMN marts.list_moves.occurred_at IS 'Business time, UTC.';
COMMENT ON COLUMN marts.list_moves.event_type IS 'What happened.';
COMMENT ON COLUMN marts.list_moves.sku IS 'The product, as the shop writes it.';
COMMENT ON COLUMN marts.list_moves.product_key IS 'The product without the prefix P-, in which two spellings of one product may differ; joins all marts.';
COMMENT ON COLUMN marts.list_moves.category IS 'Category of the product; null if nobody said.';
COMMENT ON COLUMN marts.list_moves.quantity IS 'Of the line.';
COMMENT ON COLUMN marts.list_moves.unit_price IS 'Price of one, if known.';
COMMENT ON COLUMN marts.list_moves.is_in IS 'Whether the product is in the list afterwards.';

COMMENT ON VIEW marts.list_ends IS 'Building block: one row for each event that empties a whole cart or saved list and was not undone.';
COMMENT ON COLUMN marts.list_ends.list IS 'CART or SAVED.';
COMMENT ON COLUMN marts.list_ends.account_id IS 'The account; guest-... for a guest.';
COMMENT ON COLUMN marts.list_ends.version IS 'The event''s version of its account.';
COMMENT ON COLUMN marts.list_ends.occurred_at IS 'Business time, UTC.';
COMMENT ON COLUMN marts.list_ends.event_type IS 'What happened.';
COMMENT ON COLUMN marts.list_ends.order_id IS 'Of a CheckedOut.';

COMMENT ON VIEW marts.item_stays IS 'Fact: one row for each stay of a product in an account''s cart or saved list, from its first add to its end.';
COMMENT ON COLUMN marts.item_stays.list IS 'CART or SAVED.';
COMMENT ON COLUMN marts.item_stays.account_id IS 'The account; guest-... for a guest.';
COMMENT ON COLUMN marts.item_stays.product_key IS 'The product without the prefix P-, in which two spellings of one product may differ; joins all marts.';
COMMENT ON COLUMN marts.item_stays.stay_no IS '1, 2, 3 ... among the stays of this product in this list of this account.';
COMMENT ON COLUMN marts.item_stays.product_id IS 'The product, as the shop writes it.';
COMMENT ON COLUMN marts.item_stays.category IS 'Category of the product; null if nobody said.';
COMMENT ON COLUMN marts.item_stays.quantity IS 'Last quantity of the line.';
COMMENT ON COLUMN marts.item_stays.unit_price IS 'Last price of one, if known.';
COMMENT ON COLUMN marts.item_stays.changes IS 'How often it was added, moved in or set.';
COMMENT ON COLUMN marts.item_stays.added_at IS 'When it came in, UTC.';
COMMENT ON COLUMN marts.item_stays.last_added_at IS 'When it was last added to or set, UTC.';
COMMENT ON COLUMN marts.item_stays.ended_at IS 'When it left the list; null while it is there.';
COMMENT ON COLUMN marts.item_stays.bought_at IS 'When the account bought the product first, from this stay''s begin to the next one''s, at the till too; null if not.';
COMMENT ON COLUMN marts.item_stays.order_id IS 'The order of that purchase.';
COMMENT ON COLUMN marts.item_stays.outcome IS 'OPEN, CHECKED_OUT, REMOVED, SAVED (for later), MOVED_TO_CART, CLEARED, HANDED_OVER (to the account that the guest logged in to), EXPIRED.';
COMMENT ON COLUMN marts.item_stays.minutes_to_purchase IS 'From added_at to bought_at.';

COMMENT ON VIEW marts.cart_items IS 'Fact: the life of a product with an account: one row for each account and product that was ever in its cart or saved list.';
COMMENT ON COLUMN marts.cart_items.account_id IS 'The account; guest-... for a guest.';
COMMENT ON COLUMN marts.cart_items.product_key IS 'The product without the prefix P-, in which two spellings of one product may differ; joins all marts.';
COMMENT ON COLUMN marts.cart_items.product_id IS 'The product, as the shop writes it.';
COMMENT ON COLUMN marts.cart_items.category IS 'Category of the product; null if nobody said.';
COMMENT ON COLUMN marts.cart_items.times_in_cart IS 'Stays in the cart.';
COMMENT ON COLUMN marts.cart_items.first_added_at IS 'When it was first put into the cart, UTC.';
COMMENT ON COLUMN marts.cart_items.last_added_at IS 'When it was last put into the cart or set, UTC.';
COMMENT ON COLUMN marts.cart_items.times_saved IS 'Stays in the saved list.';
COMMENT ON COLUMN marts.cart_items.first_saved_at IS 'When it was first saved, UTC.';
COMMENT ON COLUMN marts.cart_items.last_moved_at IS 'When it was last moved from the saved list to the cart, UTC.';
COMMENT ON COLUMN marts.cart_items.last_removed_at IS 'When it was last removed from either, UTC.';
COMMENT ON COLUMN marts.cart_items.first_bought_at IS 'First purchase after it was first added or saved, UTC; null if never.';
COMMENT ON COLUMN marts.cart_items.minutes_to_purchase IS 'Shortest time from being put into the cart to the purchase.';
COMMENT ON COLUMN marts.cart_items.quantity_in_cart IS 'Now in the cart; null if it is not.';
COMMENT ON COLUMN marts.cart_items.is_in_cart IS '1 if it is in the cart now, else 0.';
COMMENT ON COLUMN marts.cart_items.is_saved IS '1 if it is in the saved list now, else 0.';
COMMENT ON COLUMN marts.cart_items.is_handed_over IS '1 if a guest took it along when logging in, else 0.';

COMMENT ON VIEW marts.clicks IS 'Fact: one row for each click on the site.';
COMMENT ON COLUMN marts.clicks.click_id IS 'The click''s id, unique.';
COMMENT ON COLUMN marts.clicks.account_id IS 'The account; guest-... for a guest.';
COMMENT ON COLUMN marts.clicks.session_id IS 'The visit, as the site names it.';
COMMENT ON COLUMN marts.clicks.action IS 'view, cart, remove_from_cart or purchase.';
COMMENT ON COLUMN marts.clicks.occurred_at IS 'Business time, UTC.';
COMMENT ON COLUMN marts.clicks.recorded_at IS 'Log time, UTC.';
COMMENT ON COLUMN marts.clicks.sku IS 'The product, as the shop writes it.';
COMMENT ON COLUMN marts.clicks.product_key IS 'The product without the prefix P-, in which two spellings of one product may differ; joins all marts.';
COMMENT ON COLUMN marts.clicks.category_id IS 'The site''s number of the category.';
COMMENT ON COLUMN marts.clicks.category IS 'Category of the product; null if nobody said.';
COMMENT ON COLUMN marts.clicks.brand IS 'Of the product; null if nobody said.';
COMMENT ON COLUMN marts.clicks.unit_price IS 'Price that was shown.';
COMMENT ON COLUMN marts.clicks.command_id IS 'The idempotency key of the command that the click led to, if it led to one.';

COMMENT ON VIEW marts.online_actions IS 'Building block: what happened to carts and was not reported by a click as well.';
COMMENT ON COLUMN marts.online_actions.account_id IS 'The account; guest-... for a guest.';
COMMENT ON COLUMN marts.online_actions.version IS 'The event''s version of its account.';
COMMENT ON COLUMN marts.online_actions.happened_at IS 'Business time, UTC.';
COMMENT ON COLUMN marts.online_actions.sku IS 'The product, as the shop writes it.';
COMMENT ON COLUMN marts.online_actions.product_key IS 'The product without the prefix P-, in which two spellings of one product may differ; joins all marts.';
COMMENT ON COLUMN marts.online_actions.category IS 'Category of the product; null if nobody said.';
COMMENT ON COLUMN marts.online_actions.quantity IS 'Pieces.';
COMMENT ON COLUMN marts.online_actions.unit_price IS 'Price of one, if known.';
COMMENT ON COLUMN marts.online_actions.action IS 'view, cart, remove_from_cart, save or purchase.';

COMMENT ON VIEW marts.activity IS 'Fact: one row for each thing that a shopper did, each once: clicks, what happened to carts without a click, and purchases at the till.';
COMMENT ON COLUMN marts.activity.account_id IS 'The account; guest-... for a guest.';
COMMENT ON COLUMN marts.activity.session_id IS 'The visit: the click''s own, or made of account and start where 30 minutes of silence end a visit; null at the till.';
COMMENT ON COLUMN marts.activity.happened_at IS 'Business time, UTC.';
COMMENT ON COLUMN marts.activity.action IS 'view, cart, remove_from_cart, save or purchase.';
COMMENT ON COLUMN marts.activity.product_key IS 'The product without the prefix P-, in which two spellings of one product may differ; joins all marts.';
COMMENT ON COLUMN marts.activity.product_id IS 'The product, as the shop writes it.';
COMMENT ON COLUMN marts.activity.category IS 'Category of the product; null if nobody said.';
COMMENT ON COLUMN marts.activity.brand IS 'Of the product; clicks only.';
COMMENT ON COLUMN marts.activity.quantity IS 'Pieces.';
COMMENT ON COLUMN marts.activity.unit_price IS 'Price of one, if known.';
COMMENT ON COLUMN marts.activity.source IS 'click, event or till.';

COMMENT ON VIEW marts.sessions IS 'Fact: one row for each visit.';
COMMENT ON COLUMN marts.sessions.session_id IS 'The visit.';
COMMENT ON COLUMN marts.sessions.account_id IS 'The account; guest-... for a guest.';
COMMENT ON COLUMN marts.sessions.started_at IS 'First action, UTC.';
COMMENT ON COLUMN marts.sessions.ended_at IS 'Last action, UTC.';
COMMENT ON COLUMN marts.sessions.seconds IS 'From first to last action.';
COMMENT ON COLUMN marts.sessions.actions IS 'What was done in it.';
COMMENT ON COLUMN marts.sessions.views IS 'Products looked at.';
COMMENT ON COLUMN marts.sessions.carts IS 'Products put into the cart.';
COMMENT ON COLUMN marts.sessions.purchases IS 'Products bought.';
COMMENT ON COLUMN marts.sessions.amount IS 'What was bought for.';

COMMENT ON VIEW marts.product_names IS 'Building block: how often a product was written in which way.';
COMMENT ON COLUMN marts.product_names.product_key IS 'The product without the prefix P-, in which two spellings of one product may differ; joins all marts.';
COMMENT ON COLUMN marts.product_names.sku IS 'The product, as the shop writes it.';
COMMENT ON COLUMN marts.product_names.description IS 'Name.';
COMMENT ON COLUMN marts.product_names.category IS 'Category.';
COMMENT ON COLUMN marts.product_names.brand IS 'Brand.';
COMMENT ON COLUMN marts.product_names.mentions IS 'How often.';

COMMENT ON VIEW marts.dim_product IS 'Dimension: one row for each product that anything was ever done with.';
COMMENT ON COLUMN marts.dim_product.product_key IS 'The product without the prefix P-, in which two spellings of one product may differ; joins all marts.';
COMMENT ON COLUMN marts.dim_product.product_id IS 'The product, as the shop writes it.';
COMMENT ON COLUMN marts.dim_product.description IS 'Its commonest name.';
COMMENT ON COLUMN marts.dim_product.category IS 'Its commonest category; null if nobody said.';
COMMENT ON COLUMN marts.dim_product.brand IS 'Its commonest brand; null if nobody said.';

COMMENT ON VIEW marts.dim_category IS 'Dimension: one row for each category of a product.';
COMMENT ON COLUMN marts.dim_category.category IS 'electronics.audio.headphone.';
COMMENT ON COLUMN marts.dim_category.department IS 'Before the first point.';
COMMENT ON COLUMN marts.dim_category.section IS 'Between the first and the second point; null if there is none.';
COMMENT ON COLUMN marts.dim_category.subsection IS 'Between the second and the third point; null if there is none.';
COMMENT ON COLUMN marts.dim_category.products IS 'How many products are in it.';

COMMENT ON VIEW marts.dim_customer IS 'Dimension: one row for each account that is no guest.';
COMMENT ON COLUMN marts.dim_customer.account_id IS 'The account.';
COMMENT ON COLUMN marts.dim_customer.country IS 'Of its newest order that has one.';
COMMENT ON COLUMN marts.dim_customer.first_seen_at IS 'Its first event, UTC.';
COMMENT ON COLUMN marts.dim_customer.last_seen_at IS 'Its last event, UTC.';
COMMENT ON COLUMN marts.dim_customer.first_ordered_at IS 'Its first order line, UTC; null if it never ordered.';
COMMENT ON COLUMN marts.dim_customer.last_ordered_at IS 'Its last order line, UTC.';
COMMENT ON COLUMN marts.dim_customer.orders IS 'Its orders, returns included.';

COMMENT ON VIEW marts.dim_date IS 'Dimension: one row for each day from 2009 to 2040.';
COMMENT ON COLUMN marts.dim_date.day IS 'The day.';
COMMENT ON COLUMN marts.dim_date.year IS '2011.';
COMMENT ON COLUMN marts.dim_date.quarter IS '1 to 4.';
COMMENT ON COLUMN marts.dim_date.month IS '1 to 12.';
COMMENT ON COLUMN marts.dim_date.month_name IS 'January.';
COMMENT ON COLUMN marts.dim_date.week IS 'ISO week: 2010-W52.';
COMMENT ON COLUMN marts.dim_date.week_start IS 'The week''s Monday.';
COMMENT ON COLUMN marts.dim_date.iso_weekday IS '1 Monday to 7 Sunday.';
COMMENT ON COLUMN marts.dim_date.weekday_name IS 'Monday.';
COMMENT ON COLUMN marts.dim_date.is_weekend IS 'Saturday or Sunday.';

COMMENT ON VIEW marts.sales_by_hour IS 'What was sold in each hour?';
COMMENT ON COLUMN marts.sales_by_hour.scope IS 'all: every line, so that sales are net of returns and adjustments; sales: lines with is_sale only.';
COMMENT ON COLUMN marts.sales_by_hour.period IS '2010-12-01T08:00:00Z.';
COMMENT ON COLUMN marts.sales_by_hour.sales IS 'Amount, net in scope all.';
COMMENT ON COLUMN marts.sales_by_hour.orders IS 'Orders that have a line in it.';
COMMENT ON COLUMN marts.sales_by_hour.quantity IS 'Pieces, net in scope all.';
COMMENT ON COLUMN marts.sales_by_hour.lines IS 'Order lines.';
COMMENT ON COLUMN marts.sales_by_hour.period_start IS 'Start of the hour, UTC.';

COMMENT ON VIEW marts.sales_by_day IS 'What was sold on each day?';
COMMENT ON COLUMN marts.sales_by_day.scope IS 'all: every line, so that sales are net of returns and adjustments; sales: lines with is_sale only.';
COMMENT ON COLUMN marts.sales_by_day.period IS '2010-12-01.';
COMMENT ON COLUMN marts.sales_by_day.sales IS 'Amount, net in scope all.';
COMMENT ON COLUMN marts.sales_by_day.orders IS 'Orders that have a line in it.';
COMMENT ON COLUMN marts.sales_by_day.quantity IS 'Pieces, net in scope all.';
COMMENT ON COLUMN marts.sales_by_day.lines IS 'Order lines.';
COMMENT ON COLUMN marts.sales_by_day.period_start IS 'Start of the day, UTC.';

COMMENT ON VIEW marts.sales_by_month IS 'What was sold in each month?';
COMMENT ON COLUMN marts.sales_by_month.scope IS 'all: every line, so that sales are net of returns and adjustments; sales: lines with is_sale only.';
COMMENT ON COLUMN marts.sales_by_month.period IS '2010-12.';
COMMENT ON COLUMN marts.sales_by_month.sales IS 'Amount, net in scope all.';
COMMENT ON COLUMN marts.sales_by_month.orders IS 'Orders that have a line in it.';
COMMENT ON COLUMN marts.sales_by_month.quantity IS 'Pieces, net in scope all.';
COMMENT ON COLUMN marts.sales_by_month.lines IS 'Order lines.';
COMMENT ON COLUMN marts.sales_by_month.period_start IS 'Start of the month, UTC.';

COMMENT ON VIEW marts.sales_by_year IS 'What was sold in each year?';
COMMENT ON COLUMN marts.sales_by_year.scope IS 'all: every line, so that sales are net of returns and adjustments; sales: lines with is_sale only.';
COMMENT ON COLUMN marts.sales_by_year.period IS '2010.';
COMMENT ON COLUMN marts.sales_by_year.sales IS 'Amount, net in scope all.';
COMMENT ON COLUMN marts.sales_by_year.orders IS 'Orders that have a line in it.';
COMMENT ON COLUMN marts.sales_by_year.quantity IS 'Pieces, net in scope all.';
COMMENT ON COLUMN marts.sales_by_year.lines IS 'Order lines.';
COMMENT ON COLUMN marts.sales_by_year.period_start IS 'Start of the year, UTC.';

COMMENT ON VIEW marts.sales_by_weekday IS 'What is sold on which day of the week?';
COMMENT ON COLUMN marts.sales_by_weekday.scope IS 'all: every line, so that sales are net of returns and adjustments; sales: lines with is_sale only.';
COMMENT ON COLUMN marts.sales_by_weekday.iso_weekday IS '1 Monday to 7 Sunday.';
COMMENT ON COLUMN marts.sales_by_weekday.sales IS 'Amount, net in scope all.';
COMMENT ON COLUMN marts.sales_by_weekday.orders IS 'Orders that have a line in it.';
COMMENT ON COLUMN marts.sales_by_weekday.quantity IS 'Pieces, net in scope all.';

COMMENT ON VIEW marts.average_sales IS 'What is sold in an hour, day, month, year, on average?';
COMMENT ON COLUMN marts.average_sales.scope IS 'all: every line, so that sales are net of returns and adjustments; sales: lines with is_sale only.';
COMMENT ON COLUMN marts.average_sales.period_kind IS 'hour, day, month or year.';
COMMENT ON COLUMN marts.average_sales.average IS 'Sales of such a period in which there was an order line.';
COMMENT ON COLUMN marts.average_sales.periods IS 'How many of these there are.';
COMMENT ON COLUMN marts.average_sales.average_of_all IS 'Sales of such a period, those without any order between the first and the last included.';
COMMENT ON COLUMN marts.average_sales.all_periods IS 'How many of these there are.';

COMMENT ON VIEW marts.sales_by_country IS 'What is sold to which country?';
COMMENT ON COLUMN marts.sales_by_country.scope IS 'all: every line, so that sales are net of returns and adjustments; sales: lines with is_sale only.';
COMMENT ON COLUMN marts.sales_by_country.country IS 'Of the buyer; null if the till did not give it, and for checkouts.';
COMMENT ON COLUMN marts.sales_by_country.amount IS 'Sales, net in scope all.';
COMMENT ON COLUMN marts.sales_by_country.orders IS 'Orders.';
COMMENT ON COLUMN marts.sales_by_country.quantity IS 'Pieces, net in scope all.';

COMMENT ON VIEW marts.top_invoices IS 'Which invoices are the highest?';
COMMENT ON COLUMN marts.top_invoices.scope IS 'all: every line, so that sales are net of returns and adjustments; sales: lines with is_sale only.';
COMMENT ON COLUMN marts.top_invoices.rank IS '1 is the highest.';
COMMENT ON COLUMN marts.top_invoices.order_id IS 'The till''s invoice number, or O-... for a checkout.';
COMMENT ON COLUMN marts.top_invoices.amount IS 'Of its lines in the scope.';
COMMENT ON COLUMN marts.top_invoices.account_id IS 'The buyer; null for a guest.';
COMMENT ON COLUMN marts.top_invoices.country IS 'Of the buyer.';
COMMENT ON COLUMN marts.top_invoices.lines IS 'Its lines.';
COMMENT ON COLUMN marts.top_invoices.quantity IS 'Pieces, net in scope all.';
COMMENT ON COLUMN marts.top_invoices.last_occurred_at IS 'Its newest line, UTC.';

COMMENT ON VIEW marts.top_products IS 'Which products are sold most?';
COMMENT ON COLUMN marts.top_products.scope IS 'all: every line, so that sales are net of returns and adjustments; sales: lines with is_sale only.';
COMMENT ON COLUMN marts.top_products.rank IS '1 is sold most; equals by product_key.';
COMMENT ON COLUMN marts.top_products.sku IS 'The product, as the shop writes it.';
COMMENT ON COLUMN marts.top_products.quantity IS 'Pieces, net in scope all.';
COMMENT ON COLUMN marts.top_products.amount IS 'Sales, net in scope all.';
COMMENT ON COLUMN marts.top_products.lines IS 'Order lines.';
COMMENT ON COLUMN marts.top_products.description IS 'Its commonest name.';
COMMENT ON COLUMN marts.top_products.product_key IS 'The product without the prefix P-, in which two spellings of one product may differ; joins all marts.';

COMMENT ON VIEW marts.sold_skus IS 'Building block: how a product that was ever in an order is written.';
COMMENT ON COLUMN marts.sold_skus.product_key IS 'The product without the prefix P-, in which two spellings of one product may differ; joins all marts.';
COMMENT ON COLUMN marts.sold_skus.sku IS 'The product, as the shop writes it.';

COMMENT ON VIEW marts.most_sold_by_hour IS 'Which product was sold most in each hour?';
COMMENT ON COLUMN marts.most_sold_by_hour.scope IS 'all: every line, so that sales are net of returns and adjustments; sales: lines with is_sale only.';
COMMENT ON COLUMN marts.most_sold_by_hour.period IS '2010-12-01T08:00:00Z.';
COMMENT ON COLUMN marts.most_sold_by_hour.sku IS 'The product of which most pieces were sold; of equals the first by product_key.';
COMMENT ON COLUMN marts.most_sold_by_hour.quantity IS 'Pieces, net in scope all.';
COMMENT ON COLUMN marts.most_sold_by_hour.product_key IS 'The product without the prefix P-, in which two spellings of one product may differ; joins all marts.';
COMMENT ON COLUMN marts.most_sold_by_hour.period_start IS 'Start of the hour, UTC.';

COMMENT ON VIEW marts.most_sold_by_day IS 'Which product was sold most on each day?';
COMMENT ON COLUMN marts.most_sold_by_day.scope IS 'all: every line, so that sales are net of returns and adjustments; sales: lines with is_sale only.';
COMMENT ON COLUMN marts.most_sold_by_day.period IS '2010-12-01.';
COMMENT ON COLUMN marts.most_sold_by_day.sku IS 'The product of which most pieces were sold; of equals the first by product_key.';
COMMENT ON COLUMN marts.most_sold_by_day.quantity IS 'Pieces, net in scope all.';
COMMENT ON COLUMN marts.most_sold_by_day.product_key IS 'The product without the prefix P-, in which two spellings of one product may differ; joins all marts.';
COMMENT ON COLUMN marts.most_sold_by_day.period_start IS 'Start of the day, UTC.';

COMMENT ON VIEW marts.most_sold_by_month IS 'Which product was sold most in each month?';
COMMENT ON COLUMN marts.most_sold_by_month.scope IS 'all: every line, so that sales are net of returns and adjustments; sales: lines with is_sale only.';
COMMENT ON COLUMN marts.most_sold_by_month.period IS '2010-12.';
COMMENT ON COLUMN marts.most_sold_by_month.sku IS 'The product of which most pieces were sold; of equals the first by product_key.';
COMMENT ON COLUMN marts.most_sold_by_month.quantity IS 'Pieces, net in scope all.';
COMMENT ON COLUMN marts.most_sold_by_month.product_key IS 'The product without the prefix P-, in which two spellings of one product may differ; joins all marts.';
COMMENT ON COLUMN marts.most_sold_by_month.period_start IS 'Start of the month, UTC.';

COMMENT ON VIEW marts.most_sold_by_year IS 'Which product was sold most in each year?';
COMMENT ON COLUMN marts.most_sold_by_year.scope IS 'all: every line, so that sales are net of returns and adjustments; sales: lines with is_sale only.';
COMMENT ON COLUMN marts.most_sold_by_year.period IS '2010.';
COMMENT ON COLUMN marts.most_sold_by_year.sku IS 'The product of which most pieces were sold; of equals the first by product_key.';
COMMENT ON COLUMN marts.most_sold_by_year.quantity IS 'Pieces, net in scope all.';
COMMENT ON COLUMN marts.most_sold_by_year.product_key IS 'The product without the prefix P-, in which two spellings of one product may differ; joins all marts.';
COMMENT ON COLUMN marts.most_sold_by_year.period_start IS 'Start of the year, UTC.';

COMMENT ON VIEW marts.weekly_report IS 'How did each week go?';
COMMENT ON COLUMN marts.weekly_report.week IS '2010-W48.';
COMMENT ON COLUMN marts.weekly_report.orders IS 'Orders, returns included.';
COMMENT ON COLUMN marts.weekly_report.sale_orders IS 'Orders with at least one sale.';
COMMENT ON COLUMN marts.weekly_report.customers IS 'Accounts with an order; guests are not counted.';
COMMENT ON COLUMN marts.weekly_report.new_customers IS 'Accounts whose first order it was.';
COMMENT ON COLUMN marts.weekly_report.items_sold IS 'Pieces of sales.';
COMMENT ON COLUMN marts.weekly_report.sales IS 'Positive sales.';
COMMENT ON COLUMN marts.weekly_report.returned IS 'Amount of returns; negative.';
COMMENT ON COLUMN marts.weekly_report.net IS 'Net of returns and adjustments.';
COMMENT ON COLUMN marts.weekly_report.average_order IS 'sales / sale_orders.';
COMMENT ON COLUMN marts.weekly_report.period_start IS 'Start of the week, UTC.';

COMMENT ON VIEW marts.monthly_report IS 'How did each month go?';
COMMENT ON COLUMN marts.monthly_report.month IS '2010-12.';
COMMENT ON COLUMN marts.monthly_report.orders IS 'Orders, returns included.';
COMMENT ON COLUMN marts.monthly_report.sale_orders IS 'Orders with at least one sale.';
COMMENT ON COLUMN marts.monthly_report.customers IS 'Accounts with an order; guests are not counted.';
COMMENT ON COLUMN marts.monthly_report.new_customers IS 'Accounts whose first order it was.';
COMMENT ON COLUMN marts.monthly_report.items_sold IS 'Pieces of sales.';
COMMENT ON COLUMN marts.monthly_report.sales IS 'Positive sales.';
COMMENT ON COLUMN marts.monthly_report.returned IS 'Amount of returns; negative.';
COMMENT ON COLUMN marts.monthly_report.net IS 'Net of returns and adjustments.';
COMMENT ON COLUMN marts.monthly_report.average_order IS 'sales / sale_orders.';
COMMENT ON COLUMN marts.monthly_report.period_start IS 'Start of the month, UTC.';

COMMENT ON VIEW marts.customers IS 'Who are the customers, by recency, frequency and money?';
COMMENT ON COLUMN marts.customers.scope IS 'all: every line, so that sales are net of returns and adjustments; sales: lines with is_sale only.';
COMMENT ON COLUMN marts.customers.account_id IS 'The account; guests are not in.';
COMMENT ON COLUMN marts.customers.orders IS 'Frequency: its orders in the scope.';
COMMENT ON COLUMN marts.customers.amount IS 'Monetary value: its sales in the scope.';
COMMENT ON COLUMN marts.customers.recency_days IS 'Recency: days from its last order to the newest order of any customer.';
COMMENT ON COLUMN marts.customers.first_ordered_at IS 'Hour of its first order, UTC.';
COMMENT ON COLUMN marts.customers.last_ordered_at IS 'Its last order, UTC.';
COMMENT ON COLUMN marts.customers.recency_score IS '1 to 5 by fifths of the customers; 5 is the most recent.';
COMMENT ON COLUMN marts.customers.frequency_score IS '1 to 5 by fifths of the customers; 5 is the most frequent.';
COMMENT ON COLUMN marts.customers.monetary_score IS '1 to 5 by fifths of the customers; 5 is the most valuable.';
COMMENT ON COLUMN marts.customers.segment IS 'champion: all scores 4 or 5; loyal: recency and frequency 3 or more; new: recency 4 or 5; needs-attention: recency 3; at-risk: frequency 3 or more; lost: the rest. The first that fits.';

COMMENT ON VIEW marts.customer_segments IS 'How many customers are in which segment, and what are they worth?';
COMMENT ON COLUMN marts.customer_segments.scope IS 'all: every line, so that sales are net of returns and adjustments; sales: lines with is_sale only.';
COMMENT ON COLUMN marts.customer_segments.segment IS 'As in marts.customers.';
COMMENT ON COLUMN marts.customer_segments.customers IS 'How many.';
COMMENT ON COLUMN marts.customer_segments.amount IS 'Their sales, net in scope all.';
COMMENT ON COLUMN marts.customer_segments.orders IS 'Their orders.';

COMMENT ON VIEW marts.abandoned_by_user IS 'What was put into a cart, by whom, and not bought?';
COMMENT ON COLUMN marts.abandoned_by_user.account_id IS 'The account; guest-... for a guest.';
COMMENT ON COLUMN marts.abandoned_by_user.product_id IS 'The product, as the shop writes it.';
COMMENT ON COLUMN marts.abandoned_by_user.first_added_at IS 'When it was first put into the cart, UTC.';
COMMENT ON COLUMN marts.abandoned_by_user.last_added_at IS 'When it was last put into the cart or set, UTC.';
COMMENT ON COLUMN marts.abandoned_by_user.times_in_cart IS 'Stays in the cart.';
COMMENT ON COLUMN marts.abandoned_by_user.is_in_cart IS '1 if it is there still, else 0.';
COMMENT ON COLUMN marts.abandoned_by_user.category IS 'Category of the product; null if nobody said.';
COMMENT ON COLUMN marts.abandoned_by_user.product_key IS 'The product without the prefix P-, in which two spellings of one product may differ; joins all marts.';

COMMENT ON VIEW marts.abandoned_by_session IS 'What was put into a cart, in which visit, and not bought in that visit?';
COMMENT ON COLUMN marts.abandoned_by_session.session_id IS 'The visit.';
COMMENT ON COLUMN marts.abandoned_by_session.product_id IS 'The product, as the shop writes it.';
COMMENT ON COLUMN marts.abandoned_by_session.account_id IS 'The account; guest-... for a guest.';
COMMENT ON COLUMN marts.abandoned_by_session.first_added_at IS 'When it was first put into the cart in this visit, UTC.';
COMMENT ON COLUMN marts.abandoned_by_session.product_key IS 'The product without the prefix P-, in which two spellings of one product may differ; joins all marts.';

COMMENT ON VIEW marts.cart_to_purchase IS 'How long does it take from the cart to the purchase?';
COMMENT ON COLUMN marts.cart_to_purchase.level IS 'all: one row for everything; category: one for each category.';
COMMENT ON COLUMN marts.cart_to_purchase.category IS 'Of the product, in rows of level category; null if nobody said.';
COMMENT ON COLUMN marts.cart_to_purchase.added IS 'Stays in a cart.';
COMMENT ON COLUMN marts.cart_to_purchase.bought IS 'Those that ended in a purchase.';
COMMENT ON COLUMN marts.cart_to_purchase.bought_share IS 'bought / added.';
COMMENT ON COLUMN marts.cart_to_purchase.average_minutes IS 'From being added to the purchase, on average.';
COMMENT ON COLUMN marts.cart_to_purchase.median_minutes IS 'Half were faster.';

COMMENT ON VIEW marts.saved_never_bought IS 'What was saved for later and never bought?';
COMMENT ON COLUMN marts.saved_never_bought.account_id IS 'The account; guest-... for a guest.';
COMMENT ON COLUMN marts.saved_never_bought.product_id IS 'The product, as the shop writes it.';
COMMENT ON COLUMN marts.saved_never_bought.first_saved_at IS 'When it was first saved, UTC.';
COMMENT ON COLUMN marts.saved_never_bought.times_saved IS 'Stays in the saved list.';
COMMENT ON COLUMN marts.saved_never_bought.is_saved IS '1 if it is there still, else 0.';
COMMENT ON COLUMN marts.saved_never_bought.category IS 'Category of the product; null if nobody said.';
COMMENT ON COLUMN marts.saved_never_bought.product_key IS 'The product without the prefix P-, in which two spellings of one product may differ; joins all marts.';

COMMENT ON VIEW marts.product_holders IS 'How many accounts hold a product, by status?';
COMMENT ON COLUMN marts.product_holders.product_key IS 'The product without the prefix P-, in which two spellings of one product may differ; joins all marts.';
COMMENT ON COLUMN marts.product_holders.product_id IS 'The product, as the shop writes it.';
COMMENT ON COLUMN marts.product_holders.status IS 'ACTIVE (in the cart), SAVED, PURCHASED (ever).';
COMMENT ON COLUMN marts.product_holders.accounts IS 'Accounts, guests included.';
COMMENT ON COLUMN marts.product_holders.quantity IS 'Pieces; null where no line says how many.';

COMMENT ON VIEW marts.unique_visitors_per_day IS 'How many visitors came on each day?';
COMMENT ON COLUMN marts.unique_visitors_per_day.day IS 'Day, UTC.';
COMMENT ON COLUMN marts.unique_visitors_per_day.visitors IS 'Accounts that did anything on the site; who only bought at a till is not counted.';
COMMENT ON COLUMN marts.unique_visitors_per_day.actions IS 'What they did.';
COMMENT ON COLUMN marts.unique_visitors_per_day.buyers IS 'Those of them who bought.';

COMMENT ON VIEW marts.brands IS 'Which brands are looked at, bought, and need marketing?';
COMMENT ON COLUMN marts.brands.brand IS 'Null for products without one.';
COMMENT ON COLUMN marts.brands.views IS 'Clicks on its products.';
COMMENT ON COLUMN marts.brands.carts IS 'Clicks that put one into a cart.';
COMMENT ON COLUMN marts.brands.purchases IS 'Clicks that bought one.';
COMMENT ON COLUMN marts.brands.amount IS 'Sum of the prices of these purchases.';
COMMENT ON COLUMN marts.brands.visitors IS 'Accounts with any such click.';
COMMENT ON COLUMN marts.brands.conversion IS 'purchases / views.';
COMMENT ON COLUMN marts.brands.needs_marketing IS 'More views than the average brand, and less conversion than all brands together.';

COMMENT ON VIEW marts.categories_by_hour IS 'Which categories are on top at which hour of the day?';
COMMENT ON COLUMN marts.categories_by_hour.hour IS '0 to 23, UTC.';
COMMENT ON COLUMN marts.categories_by_hour.category IS 'Category of the product; null if nobody said.';
COMMENT ON COLUMN marts.categories_by_hour.events IS 'What was done with its products.';
COMMENT ON COLUMN marts.categories_by_hour.views IS 'Looked at.';
COMMENT ON COLUMN marts.categories_by_hour.carts IS 'Put into the cart.';
COMMENT ON COLUMN marts.categories_by_hour.purchases IS 'Bought.';

COMMENT ON VIEW marts.categories_by_weekday IS 'Which categories are on top on which day of the week?';
COMMENT ON COLUMN marts.categories_by_weekday.iso_weekday IS '1 Monday to 7 Sunday, UTC.';
COMMENT ON COLUMN marts.categories_by_weekday.category IS 'Category of the product; null if nobody said.';
COMMENT ON COLUMN marts.categories_by_weekday.events IS 'What was done with its products.';
COMMENT ON COLUMN marts.categories_by_weekday.views IS 'Looked at.';
COMMENT ON COLUMN marts.categories_by_weekday.carts IS 'Put into the cart.';
COMMENT ON COLUMN marts.categories_by_weekday.purchases IS 'Bought.';
