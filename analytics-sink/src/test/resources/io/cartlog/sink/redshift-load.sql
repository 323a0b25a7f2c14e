LOCK warehouse.load_ledger;

select snapshot_id, sequence_number, offsets_to
from warehouse.load_ledger
order by sequence_number desc
limit 1;

CREATE TEMP TABLE staging (
    event_id VARCHAR(36), account_id VARCHAR(40), version BIGINT,
    command_id VARCHAR(100), event_type VARCHAR(40), occurred_at TIMESTAMP,
    recorded_at TIMESTAMP, order_id VARCHAR(40), line_no INTEGER, occurrence INTEGER,
    sku VARCHAR(40), description VARCHAR(120), category VARCHAR(60), quantity INTEGER,
    unit_price NUMERIC(18, 4), kind VARCHAR(10), country VARCHAR(40),
    amount NUMERIC(18, 4), lines SUPER, kafka_partition INTEGER, kafka_offset BIGINT
) DISTSTYLE KEY DISTKEY (account_id);

COPY staging FROM 's3://bucket/lake/manifests/1-NUMBER.manifest'
IAM_ROLE 'arn:aws:iam::123456789012:role/reads-the-lake'
FORMAT AS PARQUET SERIALIZETOJSON MANIFEST;

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

insert into warehouse.load_ledger values ($1, $2, $3, $4, $5, $6, $7, $8);

select snapshot_id, sequence_number, offsets_to
from warehouse.load_ledger
order by sequence_number desc
limit 1;

select count(*), coalesce(sum(rows), 0), coalesce(sum(order_lines), 0)
from warehouse.load_ledger;

select count(*) from warehouse.quarantine where loaded_at is null;

COMMIT;
