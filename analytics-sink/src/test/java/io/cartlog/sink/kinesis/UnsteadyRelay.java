package io.cartlog.sink.kinesis;

import io.cartlog.sink.intake.EventLog;
import java.util.List;
import java.util.Random;

/// A relay to a real stream that takes only some records of each request, as one does whose shards
/// are at their limits.
public final class UnsteadyRelay {
    private UnsteadyRelay() {}

    public static StreamRelay to(RelaySettings settings, EventLog log, String logId, long seed) {
        EventStream stream = EventStream.open(settings);
        Random random = new Random(seed);
        return new StreamRelay(
                log,
                logId,
                request -> {
                    List<Outbox.Parcel> chosen =
                            request.stream().filter(_ -> random.nextInt(3) == 0).toList();
                    return chosen.isEmpty() ? chosen : stream.put(chosen);
                },
                stream::close);
    }
}
