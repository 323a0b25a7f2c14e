-- What `./cartlog lake export --format parquet` wrote, copied to s3://BUCKET/export/parquet/.
-- Made of the lake's schema by AthenaTablesTest; nothing has to be crawled or added.
CREATE EXTERNAL TABLE cart_events_parquet (
  `event_id` string COMMENT 'Unique.',
  `account_id` string COMMENT 'Guests: guest-ORDER.',
  `version` bigint COMMENT '1, 2, 3 ... per account.',
  `command_id` string COMMENT 'The idempotency key.',
  `event_type` string COMMENT 'ItemAdded ...',
  `occurred_at` timestamp COMMENT 'Business time.',
  `recorded_at` timestamp COMMENT 'Log time.',
  `order_id` string,
  `line_no` int COMMENT '1, 2, 3 ... of the order.',
  `occurrence` int COMMENT 'Of the SKU in the order.',
  `sku` string,
  `description` string,
  `category` string,
  `quantity` int COMMENT 'Negative: came back.',
  `unit_price` decimal(18,4),
  `kind` string COMMENT 'SALE, RETURN, ADJUSTMENT.',
  `country` string,
  `amount` decimal(18,4) COMMENT 'Net amount of the event\'s order lines.',
  `lines` array<struct<line_no:int,occurrence:int,sku:string,category:string,quantity:int,unit_price:decimal(18,4)>> COMMENT 'Of a CheckedOut.',
  `kafka_partition` int,
  `kafka_offset` bigint
)
PARTITIONED BY (year int, month int, day int, hour int)
STORED AS PARQUET
LOCATION 's3://BUCKET/export/parquet/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.year.type' = 'integer',
  'projection.year.range' = '2020,2099',
  'projection.month.type' = 'integer',
  'projection.month.range' = '1,12',
  'projection.month.digits' = '2',
  'projection.day.type' = 'integer',
  'projection.day.range' = '1,31',
  'projection.day.digits' = '2',
  'projection.hour.type' = 'integer',
  'projection.hour.range' = '0,23',
  'projection.hour.digits' = '2',
  'storage.location.template' =
    's3://BUCKET/export/parquet/year=${year}/month=${month}/day=${day}/hour=${hour}/'
);
