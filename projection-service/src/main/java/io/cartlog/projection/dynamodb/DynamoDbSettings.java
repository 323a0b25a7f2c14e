package io.cartlog.projection.dynamodb;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings under `cartlog.dynamodb`.
///
/// @param endpoint of a store that is not AWS
/// @param accessKey with `secretKey`; absent: the SDK's own chain of credentials
/// @param table name of the view and of its first version's table; version 2 has `TABLE-v2` ...
/// @param controlTable says which version is read
/// @param writers transactions on their way at once
public record DynamoDbSettings(
        @Nullable URI endpoint,
        @Nullable String region,
        @Nullable String accessKey,
        @Nullable String secretKey,
        @DefaultValue("CustomerPurchases") String table,
        @DefaultValue("CartlogViews") String controlTable,
        @DefaultValue("4") int writers) {

    public DynamoDbSettings {
        if (region == null || region.isBlank()) {
            throw new IllegalArgumentException("cartlog.dynamodb.region is missing");
        }
        if ((accessKey == null) != (secretKey == null)) {
            throw new IllegalArgumentException(
                    "cartlog.dynamodb.access-key and secret-key are given together or not at all");
        }
        if (writers < 1 || writers > 256) {
            throw new IllegalArgumentException("cartlog.dynamodb.writers is 1 to 256");
        }
    }
}
