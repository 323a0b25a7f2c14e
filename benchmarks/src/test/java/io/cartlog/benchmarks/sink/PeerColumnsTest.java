package io.cartlog.benchmarks.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.schemas.avro.ReleasedSchemas;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

class PeerColumnsTest {
    private final Schema columns = PeerColumns.of(ReleasedSchemas.of("cart-event").getFirst());

    @Test
    void times_and_amounts_of_an_event_keep_their_types() {
        assertThat(columns.findType("recordedAt")).isEqualTo(Types.TimestampType.withZone());
        assertThat(columns.findType("payload.PurchaseRecorded.line.unitPrice"))
                .isEqualTo(Types.DecimalType.of(18, 4));
    }

    @Test
    void each_kind_of_event_has_columns_that_are_empty_for_the_others() {
        assertThat(columns.findField("payload.ItemAdded").isOptional()).isTrue();
        assertThat(columns.findField("payload.CheckedOut").isOptional()).isTrue();
        assertThat(columns.findField("payload.ItemAdded.line.sku").isRequired()).isTrue();
    }
}
