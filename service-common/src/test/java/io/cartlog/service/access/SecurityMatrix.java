package io.cartlog.service.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/// Every endpoint of a running service tried with every kind of token, as a table. What the tables
/// should be is docs/security-matrix.md; `-Dcartlog.write-matrix=true` writes what they are.
public final class SecurityMatrix {
    private static final Path DOCUMENT = Path.of("..", "docs", "security-matrix.md");
    private static final String OWN = "10000001";
    private static final String OTHER = "10000002";
    private static final Pattern VARIABLE = Pattern.compile("\\{\\*?([a-zA-Z]+)[^}]*}");
    private static final Pattern CODE = Pattern.compile("\"code\":\"([a-z-]+)\"");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final URI service;
    private final TestTokens tokens;
    private final HttpClient http = HttpClient.newHttpClient();

    public SecurityMatrix(URI service, TestTokens tokens) {
        this.service = service;
        this.tokens = tokens;
    }

    /// One address with one method; `/**` stands for the address itself.
    public record Endpoint(String method, String pattern) implements Comparable<Endpoint> {
        boolean ofAccount() {
            return pattern.contains("{account}");
        }

        String path() {
            String path = pattern.replace("/**", "").replace("{account}", OWN);
            return VARIABLE.matcher(path).replaceAll("x");
        }

        @Override
        public int compareTo(Endpoint other) {
            int byPattern = pattern.compareTo(other.pattern);
            return byPattern == 0 ? method.compareTo(other.method) : byPattern;
        }

        @Override
        public String toString() {
            return method + " " + pattern;
        }
    }

    /// All that the service has handlers for, its actuator's among them.
    public static Collection<Endpoint> endpoints(ApplicationContext context) {
        return context.getBeansOfType(RequestMappingInfoHandlerMapping.class).values().stream()
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .flatMap(SecurityMatrix::endpoints)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Endpoint> endpoints(RequestMappingInfo mapping) {
        Collection<String> methods =
                mapping.getMethodsCondition().getMethods().isEmpty()
                        ? List.of("GET", "POST")
                        : mapping.getMethodsCondition().getMethods().stream()
                                .map(RequestMethod::name)
                                .toList();
        return mapping.getPatternValues().stream()
                .flatMap(pattern -> methods.stream().map(method -> new Endpoint(method, pattern)));
    }

    /// Those of a service as the document has them.
    public static List<Endpoint> documented(String name) {
        return section(name)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("`", 3)[1].split(" ", 2))
                .map(words -> new Endpoint(words[0], words[1]))
                .toList();
    }

    /// What each kind of caller gets.
    ///
    /// @return the table in Markdown
    public String table(Collection<Endpoint> endpoints) {
        StringBuilder table = new StringBuilder();
        Map<String, @Nullable String> callers = callers();
        List<String> kinds = List.copyOf(callers.keySet());
        table.append("| endpoint | ").append(String.join(" | ", kinds)).append(" |\n");
        table.append("|---".repeat(kinds.size() + 1)).append("|\n");
        for (Endpoint endpoint : endpoints) {
            // The others are signed once for all: a signature takes longer than an answer.
            callers.put("not yet valid", tokens.notYetValid(OWN));
            table.append("| `").append(endpoint).append("` | ");
            table.append(String.join(" | ", answers(endpoint, callers).values())).append(" |\n");
        }
        return table.toString();
    }

    private Map<String, String> answers(Endpoint endpoint, Map<String, @Nullable String> callers) {
        Map<String, String> answers = new LinkedHashMap<>();
        callers.forEach((kind, token) ->
                answers.put(
                        kind,
                        kind.equals("cart, other") && !endpoint.ofAccount()
                                ? "-"
                                : answer(endpoint, token)));
        return answers;
    }

    /// Tokens by kind, absent for none.
    private Map<String, @Nullable String> callers() {
        Map<String, @Nullable String> callers = new LinkedHashMap<>();
        callers.put("no token", null);
        callers.putAll(tokens.spoilt(OWN));
        callers.put("no scope", tokens.signed(_ -> {}));
        callers.put("cart, own", tokens.cart(OWN));
        callers.put("cart, other", tokens.cart(OTHER));
        callers.put("staff", tokens.staff());
        callers.put("ops", tokens.ops());
        return callers;
    }

    /// `yes` if the caller was let in, whatever came of it; else the status.
    private String answer(Endpoint endpoint, @Nullable String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(service.resolve(endpoint.path()))
                        .timeout(PATIENCE)
                        .method(endpoint.method(), BodyPublishers.noBody());
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<InputStream> response =
                    http.send(request.build(), BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return answer(response, body);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String answer(HttpResponse<InputStream> response, InputStream body)
            throws IOException {
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (type.startsWith("text/event-stream")) {
            return "yes"; // and without an end
        }
        String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
        Matcher code = CODE.matcher(text);
        return type.startsWith("application/problem+json")
                        && code.find()
                        && isRefusal(code.group(1))
                ? Integer.toString(response.statusCode())
                : "yes";
    }

    private static boolean isRefusal(String code) {
        return List.of("token-missing", "token-invalid", "insufficient-scope", "account-not-found")
                .contains(code);
    }

    /// The table of a service as the document has it; written first if that was asked for.
    public static String documentedTable(String name, String actual) {
        if (Boolean.getBoolean("cartlog.write-matrix")) {
            write(name, actual);
        }
        return section(name);
    }

    private static String section(String name) {
        String text = read();
        int start = text.indexOf(heading(name));
        if (start < 0) {
            return "";
        }
        int from = start + heading(name).length();
        int end = text.indexOf("\n## ", from);
        return text.substring(from, end < 0 ? text.length() : end).strip() + "\n";
    }

    private static void write(String name, String table) {
        String text = read();
        String old = section(name);
        String written =
                text.contains(heading(name))
                        ? text.replace(heading(name) + old, heading(name) + table)
                        : text.stripTrailing() + "\n\n" + heading(name) + table;
        try {
            Files.writeString(DOCUMENT, written);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String heading(String name) {
        return "## " + name + "\n\n";
    }

    private static String read() {
        try {
            return Files.readString(DOCUMENT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
