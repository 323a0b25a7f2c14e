-- What only PostgreSQL has: Redshift sorts and distributes instead. The first keeps the look-up of
-- clicks that are there as cheap as the new ones are few, the second a comparison by offsets.
CREATE INDEX IF NOT EXISTS clicks_by_id ON warehouse.clicks (account_id, click_id);
CREATE INDEX IF NOT EXISTS clicks_by_offset ON warehouse.clicks (kafka_partition, kafka_offset);
