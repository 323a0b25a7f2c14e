package io.cartlog.cli.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cartlog.cli.service.Service.AwayException;
import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.terminal.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// An authorization server as one client of it sees it (RFC 6749, 4.4).
public final class TokenSource {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build();

    private final URI endpoint;
    private final String credentials;

    /// @param endpoint where tokens are given out
    /// @param client its id
    /// @param secret of the client
    public TokenSource(URI endpoint, String client, String secret) {
        this.endpoint = endpoint;
        this.credentials =
                Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(UTF_8));
    }

    /// A token, and how long it is good.
    public record Token(String value, Instant issuedAt, Instant expiresAt) {
        /// Without the token.
        @Override
        public String toString() {
            return "Token[expiresAt=%s]".formatted(expiresAt);
        }
    }

    /// @param account with the scope `cart`: whose cart
    /// @throws AwayException if there is no answer now
    /// @throws CommandFailedException if the server refuses
    public Token fetch(String scope, @Nullable String account) {
        Instant now = Instant.now();
        JsonNode answer = answer(form(scope, account));
        return new Token(
                answer.path("access_token").asString(),
                now,
                now.plusSeconds(answer.path("expires_in").asLong()));
    }

    private static String form(String scope, @Nullable String account) {
        String form = "grant_type=client_credentials&scope=" + encoded(scope);
        return account == null ? form : form + "&account=" + encoded(account);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, UTF_8);
    }

    private JsonNode answer(String form) {
        HttpRequest request =
                HttpRequest.newBuilder(endpoint)
                        .timeout(PATIENCE)
                        .header("Authorization", "Basic " + credentials)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build();
        try {
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            JsonNode answer = Json.MAPPER.readTree(response.body());
            if (response.statusCode() != 200) {
                throw refused(response.statusCode(), answer);
            }
            return answer;
        } catch (IOException e) {
            throw new AwayException(
                    "the authorization server at %s does not answer; is the stack up? (./cartlog up)"
                            .formatted(endpoint),
                    e);
        } catch (JacksonException e) {
            throw new CommandFailedException(
                    "the authorization server at %s does not answer with JSON".formatted(endpoint),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted", e);
        }
    }

    private CommandFailedException refused(int status, JsonNode answer) {
        return new CommandFailedException(
                "the authorization server gives no token: %d %s %s"
                        .formatted(
                                status,
                                answer.path("error").asString(""),
                                answer.path("error_description").asString("")));
    }
}
