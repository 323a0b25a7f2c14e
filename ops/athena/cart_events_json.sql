-- What `./cartlog lake export --format json` wrote, copied to s3://BUCKET/export/json/.
-- Made of the lake's schema by AthenaTablesTest; nothing has to be crawled or added.
CREATE EXTERNAL TABLE cart_events_json (
  `event_id` string COMMENT 'Unique.',
  `account_id` string COMMENT 'Guests: guest-ORDER.',
  `version` bigint COMMENT '1, 2, 3 ... per account.',
  `command_id` string COMMENT 'The idempotency key.',
  `event_type` string COMMENT 'ItemAdded ...',
  `occurred_at` string COMMENT 'Business time. from_iso8601_timestamp() makes a time of it.',
  `recorded_at` string COMMENT 'Log time. from_iso8601_timestamp() makes a time of it.',
  `order_id` string,
  `line_no` int COMMENT '1, 2, 3 ... of the order.',
  `occurrence` int COMMENT 'Of the SKU in the order.',
  `sku` string,
  `description` string,
  `category` string,
  `quantity` int COMMENT 'Negative: came back.',
  `unit_price` string COMMENT 'To be cast to decimal(18,4).',
  `kind` string COMMENT 'SALE, RETURN, ADJUSTMENT.',
  `country` string,
  `amount` string COMMENT 'Net amount of the event\'s order lines. To be cast to decimal(18,4).',
  `lines` array<struct<line_no:int,occurrence:int,sku:string,category:string,quantity:int,unit_price:string>> COMMENT 'Of a CheckedOut. Prices are text.',
  `kafka_partition` int,
  `kafka_offset` bigint
)
PARTITIONED BY (year int, month int, day int, hour int)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
STORED AS TEXTFILE
LOCATION 's3://BUCKET/export/json/'
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
    's3://BUCKET/export/json/year=${year}/month=${month}/day=${day}/hour=${hour}/'
);
