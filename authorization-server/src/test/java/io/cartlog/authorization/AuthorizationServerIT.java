package io.cartlog.authorization;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The server as its clients see it.
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("NullAway.Init")
class AuthorizationServerIT {
    private static final String ISSUER = "http://issuer.test";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private ConfigurableApplicationContext server;

    @BeforeEach
    void start() {
        server = run(settings());
    }

    @AfterEach
    void stop() {
        server.close();
        http.close();
    }

    @Test
    void the_shop_gets_a_token_for_the_one_account_that_it_names() throws Exception {
        Instant before = Instant.now().minusSeconds(1);
        JsonNode answer = token("shop", "scope=cart&account=10000042");

        assertThat(answer.path("token_type").asString()).isEqualTo("Bearer");
        assertThat(answer.path("expires_in").asInt()).isBetween(590, 600);
        SignedJWT token = verified(answer);
        assertThat(token.getHeader().getType().getType()).isEqualTo("at+jwt");
        JWTClaimsSet claims = token.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo(ISSUER);
        assertThat(claims.getAudience()).containsExactly("cartlog");
        assertThat(claims.getSubject()).isEqualTo("10000042");
        assertThat(claims.getStringClaim("account")).isEqualTo("10000042");
        assertThat(claims.getStringClaim("scope")).isEqualTo("cart");
        assertThat(claims.getStringClaim("client_id")).isEqualTo("shop");
        assertThat(claims.getJWTID()).isNotBlank();
        assertThat(Duration.between(before, claims.getExpirationTime().toInstant()))
                .isBetween(Duration.ofMinutes(9), Duration.ofMinutes(11));
    }

    @ParameterizedTest
    @ValueSource(strings = {"staff", "ops"})
    void a_token_for_no_one_account_names_none(String client) throws Exception {
        JWTClaimsSet claims =
                verified(token(client, "scope=" + client + "&account=1")).getJWTClaimsSet();

        assertThat(claims.getStringClaim("scope")).isEqualTo(client);
        assertThat(claims.getClaim("account")).isNull();
        assertThat(claims.getSubject()).isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource({
        "shop, scope=cart, 400, invalid_request",
        "shop, scope=cart&account=%23, 400, invalid_request",
        "shop, scope=cart&account=1&account=2, 400, invalid_request",
        "shop, scope=ops&account=1, 400, invalid_scope",
        "staff, scope=cart&account=1, 400, invalid_scope",
        "staff, scope=ops, 400, invalid_scope"
    })
    void a_client_gets_no_more_than_it_is_for(String client, String form, int status, String error)
            throws Exception {
        HttpResponse<String> answer = ask(client, secret(client), form);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(JSON.readTree(answer.body()).path("error").asString()).isEqualTo(error);
    }

    @Test
    void without_its_secret_a_client_gets_nothing() throws Exception {
        HttpResponse<String> answer = ask("ops", secret("shop"), "scope=ops");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("invalid_client").doesNotContain("access_token");
    }

    @Test
    void the_key_is_its_owners_alone_and_outlives_a_restart() throws Exception {
        JsonNode token = token("ops", "scope=ops");
        server.close();
        server = run(settings());

        assertThat(verified(token).getJWTClaimsSet().getSubject()).isEqualTo("ops");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile())))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/oauth2/introspect",
                "/oauth2/revoke",
                "/oauth2/authorize",
                "/oauth2/device_authorization",
                "/login",
                "/.well-known/oauth-authorization-server",
                "/actuator/health",
                "/"
            })
    void nothing_else_is_open(String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(address(path)).POST(BodyPublishers.noBody()).build();

        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isIn(401, 403, 404);
    }

    @Test
    void only_the_public_half_of_the_key_is_shown() throws Exception {
        assertThat(get("/oauth2/jwks").body()).contains("\"n\"").doesNotContain("\"d\"", "\"p\"");
    }

    @Test
    void neither_secrets_nor_tokens_are_logged(CapturedOutput log) throws Exception {
        String token = token("shop", "scope=cart&account=10000042").path("access_token").asString();
        ask("shop", "not-the-secret-not-the-secret-1234", "scope=cart");

        assertThat(log.getAll())
                .contains("Tomcat started")
                .doesNotContain(
                        secret("shop"),
                        secret("staff"),
                        secret("ops"),
                        token,
                        "not-the-secret",
                        "10000042",
                        "\"d\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"issuer", "key-file", "shop-secret", "staff-secret", "ops-secret"})
    void a_setting_that_is_missing_is_named(String name) {
        Map<String, String> settings = settings();
        settings.remove("cartlog.tokens." + name);

        assertThatThrownBy(() -> run(settings))
                .hasStackTraceContaining("the setting cartlog.tokens." + name + " is missing");
    }

    @Test
    void a_secret_that_could_be_guessed_stops_the_start() {
        Map<String, String> settings = settings();
        settings.put("cartlog.tokens.ops-secret", "secret");

        assertThatThrownBy(() -> run(settings)).hasStackTraceContaining("less than 32 characters");
    }

    private Map<String, String> settings() {
        return new HashMap<>(
                Map.of(
                        "server.port",
                        "0",
                        "cartlog.tokens.issuer",
                        ISSUER,
                        "cartlog.tokens.key-file",
                        keyFile().toString(),
                        "cartlog.tokens.shop-secret",
                        secret("shop"),
                        "cartlog.tokens.staff-secret",
                        secret("staff"),
                        "cartlog.tokens.ops-secret",
                        secret("ops")));
    }

    private Path keyFile() {
        return folder.resolve("secrets").resolve("signing-key");
    }

    private static String secret(String client) {
        return (client + "-0123456789abcdef").repeat(2);
    }

    private static ConfigurableApplicationContext run(Map<String, String> settings) {
        return SpringApplication.run(
                AuthorizationServerApplication.class,
                settings.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new));
    }

    private JsonNode token(String client, String form) throws IOException, InterruptedException {
        HttpResponse<String> answer = ask(client, secret(client), form);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> ask(String client, String secret, String form)
            throws IOException, InterruptedException {
        String credentials =
                Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(UTF_8));
        return http.send(
                HttpRequest.newBuilder(address("/oauth2/token"))
                        .header("Authorization", "Basic " + credentials)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("grant_type=client_credentials&" + form))
                        .build(),
                BodyHandlers.ofString());
    }

    /// The token of an answer, with the signature checked by the key that the server shows.
    private SignedJWT verified(JsonNode answer)
            throws IOException, InterruptedException, ParseException, JOSEException {
        SignedJWT token = SignedJWT.parse(answer.path("access_token").asString());
        JWKSet keys = JWKSet.parse(get("/oauth2/jwks").body());
        RSAKey key = keys.getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey();
        assertThat(token.verify(new RSASSAVerifier(key))).isTrue();
        return token;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(address(path)).build(), BodyHandlers.ofString());
    }

    private URI address(String path) {
        String port = server.getEnvironment().getRequiredProperty("local.server.port");
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
