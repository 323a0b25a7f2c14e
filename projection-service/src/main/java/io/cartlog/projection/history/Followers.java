package io.cartlog.projection.history;

import io.cartlog.projection.view.History.Subscription;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.value.AccountId;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Who wants to hear of an account's events as they come.
final class Followers {
    private final ConcurrentMap<AccountId, List<Follower>> followers = new ConcurrentHashMap<>();

    /// Told apart by identity, whatever it does with the events.
    private final class Follower implements Subscription {
        private final AccountId account;
        private final Consumer<RecordedEvent> events;

        Follower(AccountId account, Consumer<RecordedEvent> events) {
            this.account = account;
            this.events = events;
        }

        @Override
        public void close() {
            followers.computeIfPresent(
                    account,
                    (_, all) -> {
                        all.remove(this);
                        return all.isEmpty() ? null : all;
                    });
        }
    }

    Subscription add(AccountId account, Consumer<RecordedEvent> events) {
        Follower follower = new Follower(account, events);
        followers.compute(
                account,
                (_, all) -> {
                    List<Follower> others = all == null ? new CopyOnWriteArrayList<>() : all;
                    others.add(follower);
                    return others;
                });
        return follower;
    }

    void tell(RecordedEvent event) {
        followers.getOrDefault(event.account(), List.of()).forEach(f -> f.events.accept(event));
    }
}
