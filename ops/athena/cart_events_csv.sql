-- What `./cartlog lake export --format csv` wrote, copied to s3://BUCKET/export/csv/.
-- Made of the lake's schema by AthenaTablesTest; nothing has to be crawled or added.
CREATE EXTERNAL TABLE cart_events_csv (
  `event_id` string COMMENT 'Unique.',
  `account_id` string COMMENT 'Guests: guest-ORDER.',
  `version` string COMMENT '1, 2, 3 ... per account. To be cast to bigint.',
  `command_id` string COMMENT 'The idempotency key.',
  `event_type` string COMMENT 'ItemAdded ...',
  `occurred_at` string COMMENT 'Business time. from_iso8601_timestamp() makes a time of it.',
  `recorded_at` string COMMENT 'Log time. from_iso8601_timestamp() makes a time of it.',
  `order_id` string,
  `line_no` string COMMENT '1, 2, 3 ... of the order. To be cast to int.',
  `occurrence` string COMMENT 'Of the SKU in the order. To be cast to int.',
  `sku` string,
  `description` string,
  `category` string,
  `quantity` string COMMENT 'Negative: came back. To be cast to int.',
  `unit_price` string COMMENT 'To be cast to decimal(18,4).',
  `kind` string COMMENT 'SALE, RETURN, ADJUSTMENT.',
  `country` string,
  `amount` string COMMENT 'Net amount of the event\'s order lines. To be cast to decimal(18,4).',
  `lines` string COMMENT 'Of a CheckedOut. As JSON.',
  `kafka_partition` string COMMENT 'To be cast to int.',
  `kafka_offset` string COMMENT 'To be cast to bigint.'
)
PARTITIONED BY (year int, month int, day int, hour int)
ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde'
WITH SERDEPROPERTIES ('separatorChar' = ',', 'quoteChar' = '"', 'escapeChar' = '\0')
STORED AS TEXTFILE
LOCATION 's3://BUCKET/export/csv/'
TBLPROPERTIES (
  'skip.header.line.count' = '1',
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
    's3://BUCKET/export/csv/year=${year}/month=${month}/day=${day}/hour=${hour}/'
);
