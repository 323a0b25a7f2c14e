package io.cartlog.localstack;

class StockDynamoDbIT extends DynamoDbContract {
    StockDynamoDbIT() {
        super(DynamoDbStorage.STOCK);
    }
}
