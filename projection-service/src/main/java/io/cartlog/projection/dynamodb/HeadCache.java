package io.cartlog.projection.dynamodb;

import io.cartlog.projection.view.Head;
import io.cartlog.schemas.value.AccountId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Heads as this writer has last seen or left them. One that is out of date does no harm: the write
/// that relies on it fails its condition.
final class HeadCache {
    private static final int MOST = 200_000;

    private final Map<AccountId, Head> heads = new HashMap<>();

    @Nullable Head get(AccountId account) {
        return heads.get(account);
    }

    /// @throws IllegalStateException if the head was never put
    Head known(AccountId account) {
        Head head = heads.get(account);
        if (head == null) {
            throw new IllegalStateException("the head of account " + account + " was not read");
        }
        return head;
    }

    void put(Head head) {
        heads.put(head.account(), head);
    }

    void clear() {
        heads.clear();
    }

    /// Starts anew when it has become too big.
    void shrink() {
        if (heads.size() > MOST) {
            heads.clear();
        }
    }
}
