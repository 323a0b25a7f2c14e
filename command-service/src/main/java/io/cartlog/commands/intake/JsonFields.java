package io.cartlog.commands.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cartlog.commands.intake.Problem.FieldError;
import io.cartlog.schemas.value.Money;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The fields of a JSON object, read strictly: what is missing, of a wrong type, of a wrong value
/// or unknown is collected, and [#refuseInvalid] names it all at once.
final class JsonFields {
    private static final int MAX_DEPTH = 16;
    private static final int MOST_ERRORS = 100;

    static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .build())
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(
                            DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                            DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    private final JsonNode object;
    private final Set<String> known = new LinkedHashSet<>();
    private final String prefix;
    private final List<JsonFields> inside = new ArrayList<>();
    private final List<FieldError> errors;

    private JsonFields(JsonNode object, String prefix, List<FieldError> errors) {
        this.object = object;
        this.prefix = prefix;
        this.errors = errors;
    }

    /// Makes a value of a JSON value.
    interface Reader<T> {
        /// @throws IllegalArgumentException if there is no such value, with what it must be
        T read(JsonNode node);
    }

    /// A field that was read; it has its value once [#refuseInvalid] has returned.
    static final class Field<T> {
        private final @Nullable T value;

        private Field(@Nullable T value) {
            this.value = value;
        }

        T value() {
            if (value == null) {
                throw new IllegalStateException("a field is used that was not checked");
            }
            return value;
        }

        @Nullable T orNull() {
            return value;
        }
    }

    static JsonFields empty() {
        return new JsonFields(MAPPER.createObjectNode(), "", new ArrayList<>());
    }

    /// @throws ProblemException if the bytes are no JSON object
    static JsonFields parse(byte[] bytes, int offset, int length) {
        JsonNode node;
        try {
            node =
                    isPlain(bytes, offset, length)
                            ? MAPPER.readTree(bytes, offset, length)
                            : MAPPER.readTree(unicode(bytes, offset, length));
        } catch (StreamConstraintsException _) {
            throw new ProblemException(
                    Problem.malformedJson(
                            "nested deeper than %d levels, or a name or number is too long"
                                    .formatted(MAX_DEPTH)));
        } catch (JacksonException e) {
            throw new ProblemException(Problem.malformedJson("not JSON" + where(e)));
        } catch (NumberFormatException | ArithmeticException _) {
            // Of an exponent that no number has; the parser lets it through.
            throw new ProblemException(Problem.malformedJson("a number is too large or too small"));
        }
        if (node.isMissingNode()) {
            throw new ProblemException(Problem.malformedJson("not JSON: nothing is there"));
        }
        if (!node.isObject()) {
            throw new ProblemException(
                    Problem.invalidFields(List.of(new FieldError("", "must be an object"))));
        }
        return new JsonFields(node, "", new ArrayList<>());
    }

    /// The parser's own words, but where they are about itself.
    private static String where(JacksonException e) {
        String words = e.getOriginalMessage();
        String place =
                e.getLocation() == null
                        ? ""
                        : " at line %d, column %d"
                                .formatted(
                                        e.getLocation().getLineNr(), e.getLocation().getColumnNr());
        return words.indexOf('`') < 0 ? place + ": " + words : place;
    }

    /// ASCII, without the zeros that would make it UTF-16 or UTF-32 to the parser.
    private static boolean isPlain(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] <= 0) {
                return false;
            }
        }
        return true;
    }

    /// The parser itself takes bytes that are no UTF-8, such as halves of surrogate pairs.
    private static String unicode(byte[] bytes, int offset, int length) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length)).toString();
        } catch (CharacterCodingException _) {
            throw new ProblemException(Problem.malformedJson("not JSON: the bytes are not UTF-8"));
        }
    }

    boolean has(String name) {
        return object.has(name);
    }

    /// The field as it came, or null if it did not.
    @Nullable JsonNode raw(String name) {
        return object.get(name);
    }

    <T> Field<T> required(String name, Reader<T> reader) {
        if (isAbsent(name)) {
            known.add(name);
            errors.add(new FieldError(pointer(name), "is missing"));
            return new Field<>(null);
        }
        return optional(name, reader);
    }

    <T> Field<T> optional(String name, Reader<T> reader) {
        known.add(name);
        if (isAbsent(name)) {
            return new Field<>(null);
        }
        return checked(pointer(name), () -> reader.read(object.get(name)));
    }

    /// The objects of an array, which are checked together with this.
    ///
    /// @param most that there may be; one there must be
    List<JsonFields> objects(String name, int most) {
        known.add(name);
        JsonNode array = object.get(name);
        if (array == null || !array.isArray() || array.isEmpty() || array.size() > most) {
            errors.add(new FieldError(pointer(name), "must be an array of 1 to " + most));
            return List.of();
        }
        for (int i = 0; i < array.size(); i++) {
            String place = pointer(name) + "/" + i;
            if (array.get(i).isObject()) {
                inside.add(new JsonFields(array.get(i), place, errors));
            } else {
                errors.add(new FieldError(place, "must be an object"));
            }
        }
        return List.copyOf(inside);
    }

    /// Takes every field for known: of what nobody can tell what it is.
    void acceptAll() {
        known.addAll(object.propertyNames());
    }

    /// A value that stands in the path.
    <T> Field<T> fromPath(String name, Supplier<T> value) {
        return checked(pointer(name), value);
    }

    /// Of the path, where bytes that are no UTF-8 have become U+FFFD.
    static String decoded(String text) {
        if (text.indexOf('\ufffd') >= 0) {
            throw new IllegalArgumentException("is not UTF-8");
        }
        return text;
    }

    private <T> Field<T> checked(String pointer, Supplier<T> value) {
        try {
            return new Field<>(value.get());
        } catch (IllegalArgumentException e) {
            errors.add(new FieldError(pointer, String.valueOf(e.getMessage())));
            return new Field<>(null);
        }
    }

    private boolean isAbsent(String name) {
        JsonNode node = object.get(name);
        return node == null || node.isNull();
    }

    /// @throws ProblemException if a field is not as it must be, or is none that was asked for
    void refuseInvalid() {
        addUnknown();
        if (!errors.isEmpty()) {
            List<FieldError> named = errors.subList(0, Math.min(errors.size(), MOST_ERRORS));
            throw new ProblemException(Problem.invalidFields(List.copyOf(named)));
        }
    }

    private void addUnknown() {
        for (String name : object.propertyNames()) {
            if (!known.contains(name)) {
                errors.add(new FieldError(pointer(name), "is no field of this"));
            }
        }
        inside.forEach(JsonFields::addUnknown);
    }

    private String pointer(String name) {
        return prefix + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    static String text(JsonNode node) {
        if (!node.isString()) {
            throw new IllegalArgumentException("must be a string");
        }
        String text = node.stringValue();
        if (!isWhole(text)) {
            throw new IllegalArgumentException("has half of a surrogate pair");
        }
        return text;
    }

    /// What is not could not be stored, for it has no UTF-8.
    private static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return text.codePoints().noneMatch(JsonFields::isHalf);
            }
        }
        return true;
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    static int integer(JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            throw new IllegalArgumentException("must be a whole number of 32 bits");
        }
        return node.intValue();
    }

    /// An amount, as a string or as a number.
    static Money money(JsonNode node) {
        if (node.isNumber()) {
            BigDecimal exact = node.decimalValue();
            return new Money(exact);
        }
        if (node.isString() && isAmount(node.stringValue())) {
            return Money.of(node.stringValue());
        }
        throw new IllegalArgumentException("must be an amount such as \"199.99\"");
    }

    /// Digits, perhaps with a minus before them and a point between two of them. Stricter than the
    /// constructor of numbers, which takes `+5`, `1e2` and digits of any script.
    private static boolean isAmount(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        int point = text.indexOf('.');
        return point < 0
                ? isDigits(text, start, text.length())
                : isDigits(text, start, point) && isDigits(text, point + 1, text.length());
    }

    private static boolean isDigits(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return start < end;
    }
}
