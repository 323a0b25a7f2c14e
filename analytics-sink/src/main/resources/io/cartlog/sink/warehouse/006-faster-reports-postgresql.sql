-- What only PostgreSQL has: Redshift skips blocks by its sort key instead. Most events are lines of
-- tills, and the views on carts want none of them.
CREATE INDEX IF NOT EXISTS events_of_carts ON warehouse.events (event_type)
    WHERE event_type <> 'PurchaseRecorded';
