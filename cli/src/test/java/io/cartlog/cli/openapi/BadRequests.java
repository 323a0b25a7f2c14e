package io.cartlog.cli.openapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.cartlog.cli.openapi.OpenApi.Operation;
import io.cartlog.cli.openapi.OpenApi.Parameter;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Requests that the OpenAPI document says are bad: a good one of an operation, with one thing
/// wrong. Which one is a matter of its number only.
public final class BadRequests {
    private static final Set<String> AT_THE_DOOR = Set.of("bad-request");
    private static final String NOWHERE = "/no-such-thing/at-all";
    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "DELETE", "PATCH", "TRACE", "post", "BREW", "PROPFIND");

    private static final List<String> BAD_ENCODINGS =
            List.of("%zz", "%", "%2", "%ff", "%C0%80", "%ed%a0%80", "%00", "%0a", "%1f", "%7f");
    private static final List<String> BAD_IDS =
            List.of("%20", "a%23b", "x".repeat(101), "%E2%82%AC".repeat(35));
    private static final List<String> BAD_COMMANDS =
            List.of("%20", "a%20b", "x".repeat(101), "%E2%82%AC");
    private static final List<String> BAD_ACCOUNTS =
            List.of("a%20b", "a%23b", "%C3%A9", "-a", "_x", "a".repeat(41), "%20", "a%2Fb");
    private static final List<String> BAD_NUMBERS =
            List.of(
                    "abc",
                    "0",
                    "-1",
                    "101",
                    "1.5",
                    "1e1",
                    "0x10",
                    "%2B5",
                    "%205",
                    "2147483648",
                    "99999999999999999999",
                    "NaN",
                    "1,2",
                    "%D9%A5");
    private static final List<String> BAD_FLAGS = List.of("maybe", "yes", "1", "TRUE", "on", "%20");
    private static final List<String> BAD_MOMENTS =
            List.of(
                    "abc",
                    "-1",
                    "1.5",
                    "1e3",
                    "9999999999999999999",
                    "2026-13-01T00:00:00Z",
                    "2026-01-01",
                    "2026-01-01T00:00:00",
                    "now",
                    "+1000000000-01-01T00:00:00Z",
                    "%D9%A5");
    private static final List<String> BAD_VERSIONS =
            List.of("abc", "-1", "1.5", "0x1", "9999999999999999999", "\"1\"", "1 2");
    private static final List<String> BAD_CURSORS =
            List.of("abc", "%20", "!!!!", "OCAwMDAwMDA", "a".repeat(3_000), "%2B%2F", "=");
    private static final List<String> BAD_TAGS =
            List.of(
                    "7",
                    "abc",
                    "\"-1\"",
                    "\"7",
                    "W/\"7\"",
                    "\"9999999999999999999\"",
                    "\"1\", \"2\"",
                    "",
                    "\"\"",
                    "\"0x7\"",
                    "**");
    private static final List<String> BAD_KEYS =
            List.of("", "a b", "x".repeat(101), "\u00e9", "a\tb", "cartlog:1");

    private final OpenApi document;
    private final List<Operation> operations;
    private final Examples examples;
    private final BadBodies bodies;
    private final Map<String, String> tokens;
    private final String account;
    private final String other;
    private final long seed;
    private final List<Flaw> flaws;

    /// A request that should be refused.
    ///
    /// @param flaw what is wrong with it
    /// @param codes with one of which it should be refused
    /// @param documented whether the operation must have the answer in the document: not if the
    ///   request is none of any operation
    public record Bad(
            Operation operation, String flaw, Call call, Set<String> codes, boolean documented) {}

    /// One kind of thing that can be wrong.
    private interface Flaw {
        /// @return null if this cannot be wrong with the operation
        @Nullable Bad of(Operation operation, Call good, Random random);
    }

    /// @param tokens by scope
    /// @param examples of the account that the token for `cart` is for
    /// @param other another one, which exists
    public BadRequests(Examples examples, Map<String, String> tokens, String other, long seed) {
        this.examples = examples;
        this.document = examples.document();
        this.operations = document.operations();
        this.bodies = new BadBodies(document);
        this.tokens = Map.copyOf(tokens);
        this.account = examples.account();
        this.other = other;
        this.seed = seed;
        this.flaws =
                List.of(
                        this::path,
                        this::foreignAccount,
                        this::query,
                        this::missingQuery,
                        this::header,
                        this::missingHeader,
                        this::twice,
                        this::accept,
                        this::token,
                        this::scope,
                        this::method,
                        this::nowhere,
                        this::protocol,
                        this::body,
                        this::body,
                        this::body,
                        this::body,
                        this::body,
                        this::body,
                        this::text,
                        this::text,
                        this::text,
                        this::contentType,
                        this::size);
    }

    /// The request of this number.
    public Bad get(long number) {
        Random random = new Random(seed * 1_000_003 + number);
        while (true) {
            Operation operation = pick(random, operations);
            Call good = good(operation, "bad-" + number, random);
            Bad bad = pick(random, flaws).of(operation, good, random);
            if (bad != null) {
                return bad;
            }
        }
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /// As the document says it should be, with as little as there may be.
    private Call good(Operation operation, String key, Random random) {
        Call call = examples.call(operation, key, "", tokens);
        if (!operation.scopes().isEmpty()) {
            String scope = pick(random, operation.scopes());
            call = call.with("Authorization", "Bearer " + tokens.get(scope));
        }
        return operation.needsBody()
                ? bodies.good(operation, call)
                : call.without("Content-Type").withBody("");
    }

    private @Nullable Bad path(Operation operation, Call good, Random random) {
        List<Parameter> variables = parameters(operation, "path");
        if (variables.isEmpty()) {
            return null;
        }
        Parameter variable = pick(random, variables);
        boolean ofAccount = variable.name().equals("account");
        List<String> ids =
                switch (variable.name()) {
                    case "account" -> BAD_ACCOUNTS;
                    case "commandId" -> BAD_COMMANDS;
                    default -> BAD_IDS;
                };
        String value = pick(random, random.nextBoolean() ? BAD_ENCODINGS : ids);
        Set<String> codes = set(AT_THE_DOOR, "invalid-fields", "invalid-parameter");
        if (ofAccount) {
            codes.add("account-not-found");
        }
        if (variable.name().equals("code")) {
            codes.add("not-found");
        }
        String path = operation.path().replace("{" + variable.name() + "}", value);
        for (Parameter rest : variables) {
            path = path.replace("{" + rest.name() + "}", examples.value(rest));
        }
        int query = good.target().indexOf('?');
        String target = path + (query < 0 ? "" : good.target().substring(query));
        return bad(
                operation, "path " + variable.name() + "=" + value, good.withTarget(target), codes);
    }

    private @Nullable Bad foreignAccount(Operation operation, Call good, Random random) {
        if (!operation.path().contains("{account}")) {
            return null;
        }
        String foreign = random.nextBoolean() ? other : "nobody-" + random.nextInt(1_000);
        Call call =
                good.withTarget(good.target().replace("/" + account, "/" + foreign))
                        .with("Authorization", "Bearer " + tokens.get("cart"));
        return bad(operation, "another's account", call, Set.of("account-not-found"));
    }

    private @Nullable Bad query(Operation operation, Call good, Random random) {
        List<Parameter> all = parameters(operation, "query");
        if (all.isEmpty()) {
            return null;
        }
        Parameter parameter = pick(random, all);
        String value =
                random.nextInt(4) == 0
                        ? pick(random, BAD_ENCODINGS)
                        : pick(random, badValues(parameter));
        int query = good.target().indexOf('?');
        Call call = good.withTarget(query < 0 ? good.target() : good.target().substring(0, query));
        for (Parameter rest : all) {
            if (rest.required() && !rest.equals(parameter)) {
                call = call.withQuery(rest.name() + "=" + rest.example());
            }
        }
        call = call.withQuery(parameter.name() + "=" + value);
        return bad(
                operation,
                "query " + parameter.name() + "=" + value,
                call,
                set(AT_THE_DOOR, "invalid-parameter", "cursor-invalid"));
    }

    private static List<String> badValues(Parameter parameter) {
        return switch (parameter.name()) {
            case "cursor" -> BAD_CURSORS;
            case "asOf" -> BAD_MOMENTS;
            case "after" -> List.of("abc", "-1", "1.5", "0x1", "9999999999999999999");
            case "limit" -> BAD_NUMBERS;
            case "consumed" -> BAD_FLAGS;
            default -> List.of("NONE", "active", "ACTIVE,SAVED", "ACTIVE%20", "Newest", "0", "*");
        };
    }

    private @Nullable Bad missingQuery(Operation operation, Call good, Random random) {
        int query = good.target().indexOf('?');
        return query < 0
                ? null
                : bad(
                        operation,
                        "required parameter missing",
                        good.withTarget(good.target().substring(0, query)),
                        Set.of("invalid-parameter"));
    }

    private @Nullable Bad header(Operation operation, Call good, Random random) {
        List<Parameter> all =
                parameters(operation, "header").stream()
                        .filter(it -> !it.name().equals("Prefer"))
                        .toList();
        if (all.isEmpty()) {
            return null;
        }
        Parameter header = pick(random, all);
        String control = "a" + pick(random, List.of("\u0001", "\u0008", "\u007f", "\u0085")) + "b";
        boolean controlled = random.nextInt(10) == 0;
        String value = controlled ? control : pick(random, badHeaders(header.name()));
        Set<String> codes =
                switch (header.name()) {
                    case "Idempotency-Key" ->
                            set(AT_THE_DOOR, "idempotency-key-invalid", "idempotency-key-missing");
                    case "If-Match" -> set(AT_THE_DOOR, "if-match-invalid");
                    case "Cartlog-Consistency-Token" ->
                            set(AT_THE_DOOR, "consistency-token-invalid");
                    default -> set(AT_THE_DOOR, "invalid-parameter");
                };
        return bad(
                operation,
                "header " + header.name() + ": " + (controlled ? "control character" : value),
                good.with(header.name(), value),
                codes);
    }

    private List<String> badHeaders(String name) {
        return switch (name) {
            case "Idempotency-Key" -> BAD_KEYS;
            case "If-Match" -> BAD_TAGS;
            case "If-None-Match" -> List.of("7", "abc", "\"7", "W/7");
            case "Cartlog-Consistency-Token" ->
                    List.of(
                            "",
                            "???",
                            "abc",
                            token(other + "#1"),
                            token("#1"),
                            token(account),
                            token(account + "#-1"),
                            token(account + "#1e3"),
                            token(account + "#99999999999999999999"));
            case "Last-Event-ID" -> BAD_VERSIONS;
            default -> throw new IllegalArgumentException("nobody knows what is bad of " + name);
        };
    }

    private static String token(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private @Nullable Bad missingHeader(Operation operation, Call good, Random random) {
        List<Parameter> required =
                parameters(operation, "header").stream().filter(Parameter::required).toList();
        if (required.isEmpty()) {
            return null;
        }
        Parameter header = pick(random, required);
        String code =
                header.name().equals("If-Match")
                        ? "precondition-required"
                        : "idempotency-key-missing";
        return bad(operation, "no " + header.name(), good.without(header.name()), Set.of(code));
    }

    /// What may come once, in two forms.
    private @Nullable Bad twice(Operation operation, Call good, Random random) {
        List<String> names = parameters(operation, "header").stream().map(Parameter::name).toList();
        return switch (random.nextInt(6)) {
            case 0 ->
                    names.contains("Idempotency-Key")
                            ? bad(
                                    operation,
                                    "two idempotency keys",
                                    good.with("Idempotency-Key", "a").plus("Idempotency-Key", "b"),
                                    Set.of("idempotency-key-invalid"))
                            : null;
            case 1 ->
                    names.contains("If-Match")
                            ? bad(
                                    operation,
                                    "two If-Match",
                                    good.with("If-Match", "\"1\"").plus("If-Match", "\"2\""),
                                    Set.of("if-match-invalid"))
                            : null;
            case 2 ->
                    operation.scopes().isEmpty()
                            ? null
                            : bad(
                                    operation,
                                    "two tokens",
                                    good.plus("Authorization", "Bearer " + tokens.get("staff")),
                                    Set.of("token-invalid"));
            case 3 -> none(operation, "two hosts", good.plus("Host", "a").plus("Host", "b"));
            case 4 ->
                    none(
                            operation,
                            "two lengths",
                            good.plus("Content-Length", "1").plus("Content-Length", "2"));
            default ->
                    operation.needsBody()
                            ? none(
                                    operation,
                                    "a length and chunks",
                                    good.plus("Content-Length", "x")
                                            .plus("Transfer-Encoding", "chunked"))
                            : null;
        };
    }

    private @Nullable Bad accept(Operation operation, Call good, Random random) {
        if (document.answerSchema(operation, 406) == null) {
            return null;
        }
        String type =
                pick(random, List.of("text/plain", "image/png", "application/xml;q=0.9", "///"));
        return bad(
                operation, "Accept: " + type, good.with("Accept", type), Set.of("not-acceptable"));
    }

    private @Nullable Bad token(Operation operation, Call good, Random random) {
        if (operation.scopes().isEmpty()) {
            return null;
        }
        String token = String.valueOf(tokens.get("cart"));
        int dot = token.lastIndexOf('.');
        int at = dot + 2 + random.nextInt(token.length() - dot - 4);
        char changed = token.charAt(at) == 'A' ? 'B' : 'A';
        String none =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString("{\"alg\":\"none\",\"typ\":\"at+jwt\"}".getBytes(UTF_8));
        String header =
                pick(
                        random,
                        List.of(
                                "Bearer",
                                "Bearer ",
                                "Bearer a b",
                                "Bearer \u00e9",
                                "Bearer x.y.z",
                                "Bearer ....",
                                "Basic dXNlcjpwYXNz",
                                "Bearer " + "x".repeat(4_000),
                                "Bearer " + token.substring(0, dot),
                                "Bearer " + token.substring(0, dot + 1),
                                "Bearer " + none + token.substring(token.indexOf('.'), dot + 1),
                                "Bearer "
                                        + token.substring(0, at)
                                        + changed
                                        + token.substring(at + 1),
                                token,
                                ""));
        Call call =
                header.equals(token)
                        ? good.without("Authorization").withQuery("access_token=" + token)
                        : header.isEmpty()
                                ? good.without("Authorization")
                                : good.with("Authorization", header);
        return bad(operation, "token", call, set(AT_THE_DOOR, "token-missing", "token-invalid"));
    }

    private @Nullable Bad scope(Operation operation, Call good, Random random) {
        List<String> wrong =
                tokens.keySet().stream()
                        .sorted()
                        .filter(scope -> !operation.scopes().contains(scope))
                        .toList();
        return operation.scopes().isEmpty() || wrong.isEmpty()
                ? null
                : bad(
                        operation,
                        "wrong scope",
                        good.with("Authorization", "Bearer " + tokens.get(pick(random, wrong))),
                        Set.of("insufficient-scope"));
    }

    private @Nullable Bad method(Operation operation, Call good, Random random) {
        String method = pick(random, METHODS);
        boolean known =
                operations.stream()
                        .anyMatch(it ->
                                it.method().equals(method) && it.path().equals(operation.path()));
        return known
                ? null
                : elsewhere(
                        operation,
                        "method " + method,
                        good.withMethod(method),
                        "method-not-allowed",
                        "not-found");
    }

    private Bad nowhere(Operation operation, Call good, Random random) {
        String path = good.target().replaceFirst("\\?.*", "");
        String target =
                pick(
                        random,
                        List.of(
                                path + NOWHERE,
                                path + "/",
                                path + ";a=b",
                                path + "/../x",
                                path + "/%2e%2e/x",
                                "/" + path,
                                path + "//x",
                                path.replace("/v1/", "/v2/").replace("/problems/", "/problem/"),
                                path.replaceFirst("[a-z]+$", "nothing").replace("/v1/", "/v1/x/"),
                                "/" + URLEncoder.encode(path, UTF_8)));
        return elsewhere(
                operation,
                "address",
                good.withTarget(target),
                "not-found",
                "method-not-allowed",
                "account-not-found",
                "insufficient-scope",
                "token-missing");
    }

    /// What is no HTTP.
    private Bad protocol(Operation operation, Call good, Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> none(operation, "a header without a name", good.plus("", "x"));
            case 1 -> none(operation, "a space in a header's name", good.plus("a b", "x"));
            case 2 ->
                    none(operation, "a header that is too long", good.plus("x", "y".repeat(9_000)));
            case 3 -> none(operation, "a target that is none", good.withTarget("no-slash"));
            case 4 ->
                    none(operation, "a space in the target", good.withTarget(good.target() + " x"));
            case 5 ->
                    none(
                            operation,
                            "a character that targets have not",
                            good.withTarget(
                                    good.target()
                                            + pick(
                                                    random,
                                                    List.of("<", "\"", "{", "|", "\\", "^"))));
            case 6 ->
                    none(
                            operation,
                            "a byte that is not ASCII in the target",
                            good.withTarget(good.target() + "\u00e9"));
            default ->
                    none(
                            operation,
                            "a length that is none",
                            good.with("Content-Length", pick(random, List.of("-1", "abc", "1e3"))));
        };
    }

    private @Nullable Bad body(Operation operation, Call good, Random random) {
        return operation.takesBody() ? bodies.value(operation, good, random) : null;
    }

    private @Nullable Bad text(Operation operation, Call good, Random random) {
        return operation.takesBody() ? bodies.text(operation, good, random) : null;
    }

    private @Nullable Bad contentType(Operation operation, Call good, Random random) {
        if (!operation.takesBody()) {
            return null;
        }
        String type =
                pick(
                        random,
                        List.of(
                                "text/plain",
                                "application/xml",
                                "application/x-www-form-urlencoded",
                                "multipart/form-data",
                                "multipart/form-data; boundary=x",
                                "application/json5",
                                "garbage",
                                "*/*",
                                ""));
        Call call = bodies.good(operation, good).without("Content-Type");
        return bad(
                operation,
                "Content-Type: " + type,
                type.isEmpty() && operation.needsBody() ? call : call.plus("Content-Type", type),
                set(AT_THE_DOOR, "unsupported-media-type"));
    }

    private @Nullable Bad size(Operation operation, Call good, Random random) {
        return operation.takesBody() ? bodies.size(operation, good, random) : null;
    }

    private List<Parameter> parameters(Operation operation, String in) {
        return document.parameters(operation).stream()
                .filter(parameter -> parameter.in().equals(in))
                .toList();
    }

    private static Bad bad(Operation operation, String flaw, Call call, Set<String> codes) {
        return new Bad(operation, flaw, call, codes, true);
    }

    private static Bad elsewhere(Operation operation, String flaw, Call call, String... codes) {
        return new Bad(operation, flaw, call, set(AT_THE_DOOR, codes), false);
    }

    private static Bad none(Operation operation, String flaw, Call call) {
        return new Bad(operation, flaw, call, AT_THE_DOOR, false);
    }

    static Set<String> set(Set<String> some, String... more) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(List.of(more));
        return all;
    }

    /// Characters as bytes of UTF-8.
    static String bytes(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }
}
