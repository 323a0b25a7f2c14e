package io.cartlog.localstack;

class TunedDynamoDbIT extends DynamoDbContract {
    TunedDynamoDbIT() {
        super(DynamoDbStorage.TUNED);
    }
}
