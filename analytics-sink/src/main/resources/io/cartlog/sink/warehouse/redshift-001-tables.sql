-- The tables of 001-tables.sql as Redshift wants them: rows of an account lie together, in the
-- order of time that most questions ask for; small tables lie everywhere.

CREATE TABLE IF NOT EXISTS warehouse.events (
    event_id        VARCHAR(36)    NOT NULL,
    account_id      VARCHAR(40)    NOT NULL,
    version         BIGINT         NOT NULL,
    command_id      VARCHAR(100)   NOT NULL,
    event_type      VARCHAR(40)    NOT NULL,
    occurred_at     TIMESTAMPTZ    NOT NULL,
    recorded_at     TIMESTAMPTZ    NOT NULL,
    order_id        VARCHAR(40),
    line_no         INTEGER,
    occurrence      INTEGER,
    sku             VARCHAR(40),
    description     VARCHAR(120),
    category        VARCHAR(60),
    quantity        INTEGER,
    unit_price      NUMERIC(18, 4),
    kind            VARCHAR(10),
    country         VARCHAR(40),
    amount          NUMERIC(18, 4),
    lines           SUPER,
    kafka_partition INTEGER        NOT NULL,
    kafka_offset    BIGINT         NOT NULL
)
DISTSTYLE KEY DISTKEY (account_id)
COMPOUND SORTKEY (recorded_at);

CREATE TABLE IF NOT EXISTS warehouse.order_lines (
    order_id        VARCHAR(40)    NOT NULL,
    line_no         INTEGER        NOT NULL,
    account_id      VARCHAR(40)    NOT NULL,
    sku             VARCHAR(40)    NOT NULL,
    description     VARCHAR(120),
    category        VARCHAR(60),
    quantity        INTEGER        NOT NULL,
    unit_price      NUMERIC(18, 4) NOT NULL,
    amount          NUMERIC(18, 4) NOT NULL,
    country         VARCHAR(40),
    occurred_at     TIMESTAMPTZ    NOT NULL,
    recorded_at     TIMESTAMPTZ    NOT NULL,
    kind            VARCHAR(10)    NOT NULL,
    event_id        VARCHAR(36)    NOT NULL,
    version         BIGINT         NOT NULL,
    kafka_partition INTEGER        NOT NULL,
    kafka_offset    BIGINT         NOT NULL
)
DISTSTYLE KEY DISTKEY (account_id)
COMPOUND SORTKEY (occurred_at);

-- One row for each snapshot of the lake that is loaded, written with its rows in one transaction.
CREATE TABLE IF NOT EXISTS warehouse.load_ledger (
    snapshot_id     BIGINT         NOT NULL,
    sequence_number BIGINT         NOT NULL,
    offsets_from    VARCHAR(4000)  NOT NULL,
    offsets_to      VARCHAR(4000)  NOT NULL,
    rows            BIGINT         NOT NULL,
    order_lines     BIGINT         NOT NULL,
    files           BIGINT         NOT NULL,
    loaded_at       TIMESTAMPTZ    NOT NULL
)
DISTSTYLE ALL;

COMMENT ON TABLE warehouse.events IS 'Every event of the log once, in the columns of the lake.';
COMMENT ON COLUMN warehouse.events.version IS '1, 2, 3 ... per account, without gaps.';
COMMENT ON COLUMN warehouse.events.command_id IS 'The idempotency key of the command that caused the event.';
COMMENT ON COLUMN warehouse.events.occurred_at IS 'Business time, UTC.';
COMMENT ON COLUMN warehouse.events.recorded_at IS 'Log time, UTC.';
COMMENT ON COLUMN warehouse.events.amount IS 'Net amount of the order lines of the event; null when it has none.';
COMMENT ON COLUMN warehouse.events.lines IS 'Of a CheckedOut: [{"line_no":1,"occurrence":1,"sku":"P-1","category":null,"quantity":2,"unit_price":5.0000}]; prices are exact decimals.';
COMMENT ON TABLE warehouse.order_lines IS 'Every line of every order once: those a till recorded and those of checkouts.';
COMMENT ON COLUMN warehouse.order_lines.account_id IS 'Guests have an account named guest-ORDER.';
COMMENT ON TABLE warehouse.load_ledger IS 'Which snapshots of the lake are loaded, with the offsets of the log they hold.';
