package io.cartlog.projection.dynamodb;

import io.cartlog.projection.view.Head;
import io.cartlog.schemas.value.AccountId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Heads that writers of this process have put into one table, for those who read it. Each has been
/// there; another process may have moved it since.
final class WrittenHeads {
    private static final int MOST = 200_000;

    private final Map<AccountId, Head> heads = new ConcurrentHashMap<>();

    @Nullable Head get(AccountId account) {
        return heads.get(account);
    }

    /// Starts anew when there are too many.
    void put(Head head) {
        if (heads.size() >= MOST) {
            heads.clear();
        }
        heads.put(head.account(), head);
    }

    void clear() {
        heads.clear();
    }
}
