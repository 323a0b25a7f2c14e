select location, snapshot_id, kafka_partition, first_offset, last_offset, file_rows,
       file_bytes, problem, attempts, found_at, tried_at
from warehouse.quarantine
where loaded_at is null
order by kafka_partition, first_offset;

COMMIT;

LOCK warehouse.load_ledger;

update warehouse.quarantine
set loaded_at = $1, tried_at = $2
where location = $3 and loaded_at is null;

CREATE TEMP TABLE staging (
    event_id VARCHAR(36), account_id VARCHAR(40), version BIGINT,
    command_id VARCHAR(100), event_type VARCHAR(40), occurred_at TIMESTAMP,
    recorded_at TIMESTAMP, order_id VARCHAR(40), line_no INTEGER, occurrence INTEGER,
    sku VARCHAR(40), description VARCHAR(120), category VARCHAR(60), quantity INTEGER,
    unit_price NUMERIC(18, 4), kind VARCHAR(10), country VARCHAR(40),
    amount NUMERIC(18, 4), lines SUPER, kafka_partition INTEGER, kafka_offset BIGINT
) DISTSTYLE KEY DISTKEY (account_id);

COPY staging FROM 's3://bucket/lake/manifests/retry-PARTITION-OFFSET.manifest'
IAM_ROLE 'arn:aws:iam::123456789012:role/reads-the-lake'
FORMAT AS PARQUET SERIALIZETOJSON MANIFEST;

delete from staging
where kafka_partition <> $1 or kafka_offset < $2 or kafka_offset > $3;

select kafka_partition, count(*), min(kafka_offset), max(kafka_offset)
from staging
group by kafka_partition;

INSERT INTO warehouse.events
SELECT event_id, account_id, version, command_id, event_type,
       occurred_at AT TIME ZONE 'UTC', recorded_at AT TIME ZONE 'UTC', order_id,
       line_no, occurrence, sku, description, category, quantity, unit_price, kind,
       country, amount, lines, kafka_partition, kafka_offset
FROM staging;

INSERT INTO warehouse.order_lines
SELECT order_id, line_no, account_id, sku, description, category, quantity, unit_price,
       amount, country, occurred_at AT TIME ZONE 'UTC', recorded_at AT TIME ZONE 'UTC',
       kind, event_id, version, kafka_partition, kafka_offset
FROM staging
WHERE line_no IS NOT NULL
UNION ALL
SELECT s.order_id, l.line_no::INTEGER, s.account_id, l.sku::VARCHAR(40), NULL,
       l.category::VARCHAR(60), l.quantity::INTEGER, l.unit_price::NUMERIC(18, 4),
       l.unit_price::NUMERIC(18, 4) * l.quantity::INTEGER, s.country,
       s.occurred_at AT TIME ZONE 'UTC', s.recorded_at AT TIME ZONE 'UTC', s.kind,
       s.event_id, s.version, s.kafka_partition, s.kafka_offset
FROM staging s, s.lines l;

update warehouse.load_ledger
set rows = rows + $1, order_lines = order_lines + $2, files = files + 1
where snapshot_id = $3;

COMMIT;
