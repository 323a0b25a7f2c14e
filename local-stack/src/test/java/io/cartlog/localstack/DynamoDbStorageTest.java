package io.cartlog.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DynamoDbStorageTest {
    @Test
    void is_tuned_unless_the_setting_says_stock() {
        assertThat(DynamoDbStorage.named(null)).isEqualTo(DynamoDbStorage.TUNED);
        assertThat(DynamoDbStorage.named("tuned")).isEqualTo(DynamoDbStorage.TUNED);
        assertThat(DynamoDbStorage.named("stock")).isEqualTo(DynamoDbStorage.STOCK);
    }

    @Test
    void an_unknown_setting_stops_the_start() {
        assertThatThrownBy(() -> DynamoDbStorage.named("fast"))
                .isInstanceOf(LocalStackException.class)
                .hasMessageContaining("CARTLOG_DYNAMODB");
    }
}
