package io.cartlog.commands.gateway;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/// The instances of the projection-service. Each answers every read, so that all are asked of the
/// one that answered last, and of the next when it does not answer.
final class ReadModels {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /// An answer up to here is read whole before anybody sees it.
    private static final int WHOLE = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(ReadModels.class);

    private final List<String> addresses;
    private final AtomicInteger preferred = new AtomicInteger();
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_TIMEOUT)
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .build();

    /// @param addresses at least one, without a path
    ReadModels(List<URI> addresses) {
        this.addresses =
                addresses.stream().map(it -> it.toString().replaceFirst("/+$", "")).toList();
    }

    /// A request that can be made again, as all reads can.
    interface Read {
        /// @throws IllegalArgumentException if the target or a header is malformed
        HttpRequest from(String address);
    }

    /// @param body to be read from here, not from the head
    record Answer(HttpResponse<InputStream> head, InputStream body) {
        /// Events, as they happen.
        boolean isEndless() {
            return head.headers()
                    .firstValue(HttpHeaders.CONTENT_TYPE)
                    .filter(type -> type.startsWith(MediaType.TEXT_EVENT_STREAM_VALUE))
                    .isPresent();
        }
    }

    /// An instance that breaks off within the first megabyte of its answer has not answered.
    ///
    /// @throws IOException if none of them answers: the reason of the last
    Answer ask(Read read) throws IOException, InterruptedException {
        int first = preferred.get();
        for (int tried = 0; ; tried++) {
            int at = (first + tried) % addresses.size();
            try {
                Answer answer = answer(read.from(addresses.get(at)));
                if (tried > 0) {
                    preferred.compareAndSet(first, at);
                }
                return answer;
            } catch (IOException e) {
                LOG.atWarn()
                        .addKeyValue("address", addresses.get(at))
                        .addKeyValue("cause", e.toString())
                        .log("a read model is unavailable");
                if (tried == addresses.size() - 1) {
                    throw e;
                }
            }
        }
    }

    private Answer answer(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> head = client.send(request, BodyHandlers.ofInputStream());
        Answer answer = new Answer(head, head.body());
        return answer.isEndless() ? answer : new Answer(head, begun(head.body()));
    }

    private static InputStream begun(InputStream body) throws IOException {
        try {
            byte[] first = body.readNBytes(WHOLE);
            return new SequenceInputStream(new ByteArrayInputStream(first), body);
        } catch (IOException e) {
            body.close();
            throw e;
        }
    }
}
