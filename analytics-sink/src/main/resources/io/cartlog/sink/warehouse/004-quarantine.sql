-- Files of the lake that could not be loaded when their snapshot was. A row stays when its file is
-- loaded in the end: then it says when that was.
CREATE TABLE IF NOT EXISTS warehouse.quarantine (
    location        VARCHAR(1000)  NOT NULL,
    snapshot_id     BIGINT         NOT NULL,
    kafka_partition INTEGER        NOT NULL,
    first_offset    BIGINT         NOT NULL,
    last_offset     BIGINT         NOT NULL,
    file_rows       BIGINT         NOT NULL,
    file_bytes      BIGINT         NOT NULL,
    problem         VARCHAR(4000)  NOT NULL,
    attempts        INTEGER        NOT NULL,
    found_at        TIMESTAMPTZ    NOT NULL,
    tried_at        TIMESTAMPTZ    NOT NULL,
    loaded_at       TIMESTAMPTZ
);

COMMENT ON TABLE warehouse.quarantine IS 'Files of the lake that could not be loaded with their snapshot; their events are missing here until loaded_at is set.';
COMMENT ON COLUMN warehouse.quarantine.location IS 'The object in the bucket.';
COMMENT ON COLUMN warehouse.quarantine.snapshot_id IS 'The snapshot of the lake that added the file.';
COMMENT ON COLUMN warehouse.quarantine.kafka_partition IS 'Partition of cart.events.';
COMMENT ON COLUMN warehouse.quarantine.first_offset IS 'Lowest offset of its events.';
COMMENT ON COLUMN warehouse.quarantine.last_offset IS 'Highest offset of its events.';
COMMENT ON COLUMN warehouse.quarantine.file_rows IS 'Events that the lake says it holds.';
COMMENT ON COLUMN warehouse.quarantine.file_bytes IS 'Size that the lake says it has.';
COMMENT ON COLUMN warehouse.quarantine.problem IS 'Why it was not loaded, by the last attempt.';
COMMENT ON COLUMN warehouse.quarantine.attempts IS 'Attempts that failed.';
COMMENT ON COLUMN warehouse.quarantine.found_at IS 'When it was found, UTC.';
COMMENT ON COLUMN warehouse.quarantine.tried_at IS 'Last attempt, UTC.';
COMMENT ON COLUMN warehouse.quarantine.loaded_at IS 'When it was loaded, UTC; null while it waits.';
