package io.cartlog.localstack;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.shared.access.AmazonDynamoDBLocal;
import com.amazonaws.services.dynamodbv2.local.shared.access.LocalDBClient;
import com.amazonaws.services.dynamodbv2.local.shared.access.sqlite.AnnouncedWrites;
import com.amazonaws.services.dynamodbv2.local.shared.access.sqlite.TunedSqliteAccess;
import com.amazonaws.services.dynamodbv2.local.shared.jobs.JobsRegister;
import com.amazonaws.services.dynamodbv2.model.BatchGetItemRequest;
import com.amazonaws.services.dynamodbv2.model.BatchGetItemResult;
import com.amazonaws.services.dynamodbv2.model.GetItemRequest;
import com.amazonaws.services.dynamodbv2.model.GetItemResult;
import com.amazonaws.services.dynamodbv2.model.QueryRequest;
import com.amazonaws.services.dynamodbv2.model.QueryResult;
import com.amazonaws.services.dynamodbv2.model.ScanRequest;
import com.amazonaws.services.dynamodbv2.model.ScanResult;
import com.amazonaws.services.dynamodbv2.model.TransactWriteItemsRequest;
import com.amazonaws.services.dynamodbv2.model.TransactWriteItemsResult;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.concurrent.Executors;

/// DynamoDB Local's requests, answered from a storage of ours. Every access key sees the same
/// tables, like `-sharedDb`.
final class DynamoDbRequestHandler extends LocalDynamoDBRequestHandler {
    private static final String SHARED = "shared-local-instance";
    private static final int BACKGROUND_JOBS = 10;

    DynamoDbRequestHandler(TunedSqliteAccess storage) {
        super(0, true, null, true, false);
        JobsRegister jobs = new JobsRegister(Executors.newFixedThreadPool(BACKGROUND_JOBS), false);
        clients().put(SHARED, new LocalDBClient(storage, jobs));
    }

    @Override
    public TransactWriteItemsResult transactWriteItems(
            String accessKey, String region, TransactWriteItemsRequest request) {
        return AnnouncedWrites.during(
                request.getTransactItems(),
                () -> super.transactWriteItems(accessKey, region, request));
    }

    @Override
    public GetItemResult getItem(String accessKey, String region, GetItemRequest request) {
        return TunedSqliteAccess.reading(() -> super.getItem(accessKey, region, request));
    }

    @Override
    public BatchGetItemResult batchGetItem(
            String accessKey, String region, BatchGetItemRequest request) {
        return TunedSqliteAccess.reading(() -> super.batchGetItem(accessKey, region, request));
    }

    @Override
    public QueryResult query(String accessKey, String region, QueryRequest request) {
        return TunedSqliteAccess.reading(() -> super.query(accessKey, region, request));
    }

    @Override
    public ScanResult scan(String accessKey, String region, ScanRequest request) {
        return TunedSqliteAccess.reading(() -> super.scan(accessKey, region, request));
    }

    /// DynamoDB Local opens its storage here when first asked, and has no way to be given one.
    @SuppressWarnings("unchecked")
    private Map<String, AmazonDynamoDBLocal> clients() {
        try {
            Field field = LocalDynamoDBRequestHandler.class.getDeclaredField("dbRequestHandlers");
            field.setAccessible(true);
            return (Map<String, AmazonDynamoDBLocal>) field.get(this);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this is not DynamoDB Local 2.6.1", e);
        }
    }
}
