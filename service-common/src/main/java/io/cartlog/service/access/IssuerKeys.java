package io.cartlog.service.access;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URL;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The issuer's public keys. Fetched when a token first needs one, again when a token names a key
/// that is not here or these are old, and never more often than [#AT_MOST_EVERY], whoever sends
/// whatever tokens. Keys that were fetched once are good while the issuer is away.
final class IssuerKeys implements JWKSource<SecurityContext> {
    static final Duration OLD_AFTER = Duration.ofMinutes(5);
    static final Duration AT_MOST_EVERY = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

    private final URL url;
    private final ResourceRetriever retriever;
    private final LongSupplier nanoTime;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile @Nullable Fetched fetched;
    private volatile @Nullable Long lastAttempt;

    private record Fetched(JWKSet keys, long at) {}

    IssuerKeys(URL url, ResourceRetriever retriever, LongSupplier nanoTime) {
        this.url = url;
        this.retriever = retriever;
        this.nanoTime = nanoTime;
    }

    /// @return none if the issuer has no such key
    /// @throws KeySourceException if its keys were never fetched and cannot be fetched now
    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
            throws KeySourceException {
        Fetched known = fetched;
        List<JWK> found = select(selector, known);
        if (known == null || found.isEmpty()) {
            fetchOrWait();
            return select(selector, required());
        }
        if (since(known.at()) > OLD_AFTER.toNanos() && fetching.tryLock()) {
            fetchAndUnlock();
            return select(selector, required());
        }
        return found;
    }

    private static List<JWK> select(JWKSelector selector, @Nullable Fetched fetched) {
        return fetched == null ? List.of() : selector.select(fetched.keys());
    }

    private Fetched required() throws KeySourceException {
        Fetched known = fetched;
        if (known == null) {
            throw new RemoteKeySourceException("the issuer's keys cannot be fetched", null);
        }
        return known;
    }

    private void fetchOrWait() {
        fetching.lock();
        fetchAndUnlock();
    }

    private void fetchAndUnlock() {
        try {
            Long last = lastAttempt;
            if (last == null || since(last) >= AT_MOST_EVERY.toNanos()) {
                lastAttempt = nanoTime.getAsLong();
                fetch();
            }
        } finally {
            fetching.unlock();
        }
    }

    private void fetch() {
        try {
            JWKSet keys = JWKSet.parse(retriever.retrieveResource(url).getContent());
            fetched = new Fetched(keys, nanoTime.getAsLong());
        } catch (IOException | ParseException e) {
            LOG.atWarn()
                    .addKeyValue("url", url)
                    .addKeyValue("cause", e.toString())
                    .log("the keys of the issuer of tokens cannot be fetched");
        }
    }

    private long since(long then) {
        return nanoTime.getAsLong() - then;
    }
}
