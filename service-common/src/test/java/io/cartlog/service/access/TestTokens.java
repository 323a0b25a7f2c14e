package io.cartlog.service.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// An issuer for tests: signs tokens and answers for their key over HTTP.
public final class TestTokens implements AutoCloseable {
    public static final String ISSUER = "http://issuer.test";

    private static final Charset UTF_8 = StandardCharsets.UTF_8;
    private static final Duration LIFETIME = Duration.ofHours(1);

    /// Of all issuers of a test's JVM: a new one takes up to a second to find.
    private static final RSAKey KEY = newKey();

    private static final JWSSigner SIGNER = signer(KEY);
    private static final JWSSigner OTHER_SIGNER = signer(newKey());

    private final HttpServer server;
    private final AtomicInteger fetches = new AtomicInteger();

    public TestTokens() {
        this(0);
    }

    TestTokens(int port) {
        try {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext(
                "/jwks",
                exchange -> {
                    fetches.incrementAndGet();
                    byte[] keys = utf8(new JWKSet(KEY.toPublicJWK()).toString());
                    exchange.sendResponseHeaders(200, keys.length);
                    exchange.getResponseBody().write(keys);
                    exchange.close();
                });
        server.start();
    }

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyID("test-key").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public String jwksUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/jwks";
    }

    /// The settings of a service that believes this issuer.
    public Map<String, String> settings() {
        return Map.of("cartlog.security.issuer", ISSUER, "cartlog.security.jwks-url", jwksUrl());
    }

    /// How often the keys were asked for.
    public int fetches() {
        return fetches.get();
    }

    /// For one account, as a shop's frontend has it.
    public String cart(String account) {
        return signed(forAccount(account));
    }

    public String staff() {
        return signed(claims -> claims.claim("scope", "staff"));
    }

    public String ops() {
        return signed(claims -> claims.claim("scope", "ops"));
    }

    /// A good token for the account but for one thing, by what that is.
    public Map<String, String> spoilt(String account) {
        Consumer<JWTClaimsSet.Builder> good = forAccount(account);
        Instant now = Instant.now();
        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put("garbage", "no.token.this");
        tokens.put(
                "expired",
                signed(good.andThen(c -> c.expirationTime(Date.from(now.minusSeconds(60))))));
        tokens.put("without expiry", signed(good.andThen(c -> c.expirationTime(null))));
        tokens.put("not yet valid", notYetValid(account));
        tokens.put("wrong issuer", signed(good.andThen(c -> c.issuer("http://other.test"))));
        tokens.put("wrong audience", signed(good.andThen(c -> c.audience("warehouse"))));
        tokens.put("wrong typ", signed(new JOSEObjectType("JWT"), good));
        tokens.put("alg none", unsigned(good));
        tokens.put("HS256 with the public key", signedWithPublicKey(good));
        tokens.put(
                "other key",
                signed(JWSAlgorithm.RS256, new JOSEObjectType("at+jwt"), OTHER_SIGNER, good));
        tokens.put("changed", changed(signed(good)));
        return tokens;
    }

    /// It is in a minute: lest a service that forgives some minutes pass.
    public String notYetValid(String account) {
        Date soon = Date.from(Instant.now().plusSeconds(60));
        return signed(forAccount(account).andThen(c -> c.notBeforeTime(soon)));
    }

    private static Consumer<JWTClaimsSet.Builder> forAccount(String account) {
        return claims -> claims.claim("scope", "cart").claim("account", account).subject(account);
    }

    /// Good but for what is changed.
    public String signed(Consumer<JWTClaimsSet.Builder> changes) {
        return signed(new JOSEObjectType("at+jwt"), changes);
    }

    private String signed(JOSEObjectType type, Consumer<JWTClaimsSet.Builder> changes) {
        return signed(JWSAlgorithm.RS256, type, SIGNER, changes);
    }

    private String signed(
            JWSAlgorithm algorithm,
            JOSEObjectType type,
            JWSSigner signer,
            Consumer<JWTClaimsSet.Builder> changes) {
        try {
            JWSHeader header =
                    new JWSHeader.Builder(algorithm).type(type).keyID(KEY.getKeyID()).build();
            SignedJWT token = new SignedJWT(header, claims(changes));
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> changes) {
        Instant now = Instant.now();
        JWTClaimsSet.Builder claims =
                new JWTClaimsSet.Builder()
                        .issuer(ISSUER)
                        .audience("cartlog")
                        .subject("test")
                        .jwtID(UUID.randomUUID().toString())
                        .issueTime(Date.from(now.minus(LIFETIME)))
                        .expirationTime(Date.from(now.plus(LIFETIME)));
        changes.accept(claims);
        return claims.build();
    }

    private static JWSSigner signer(RSAKey key) {
        try {
            return new RSASSASigner(key);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String unsigned(Consumer<JWTClaimsSet.Builder> changes) {
        PlainHeader header = new PlainHeader.Builder().type(new JOSEObjectType("at+jwt")).build();
        return new PlainJWT(header, claims(changes)).serialize();
    }

    /// Who mixes algorithms up takes the public key for the shared secret.
    private String signedWithPublicKey(Consumer<JWTClaimsSet.Builder> changes) {
        try {
            return signed(
                    JWSAlgorithm.HS256,
                    new JOSEObjectType("at+jwt"),
                    new MACSigner(KEY.toRSAPublicKey().getEncoded()),
                    changes);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /// With the scope `ops` under the old signature.
    private static String changed(String token) {
        String[] parts = token.split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8);
        String more = claims.replace("\"scope\":\"cart\"", "\"scope\":\"ops\"");
        return parts[0] + "." + base64(more) + "." + parts[2];
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(utf8(text));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
