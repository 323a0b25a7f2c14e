package io.cartlog.service.settings;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.Name;

/// The `CARTLOG_*` environment variables that a service knows: one for each component of its
/// settings, which are records in records. Boot itself checks properties only.
record KnownVariables(Set<String> names) {
    private static final String OURS = "CARTLOG_";

    /// What the launcher reads; in the environment of a service it does no harm.
    private static final Set<String> LAUNCHERS =
            Set.of("CARTLOG_DATA", "CARTLOG_HOME", "CARTLOG_PORT");

    /// Behind the name of a list.
    private static final Pattern INDEX = Pattern.compile("_\\d+_?$");

    KnownVariables {
        names = Set.copyOf(names);
    }

    static KnownVariables of(Class<?> settings) {
        Set<String> names = new TreeSet<>();
        collect(OURS, settings, names);
        return new KnownVariables(names);
    }

    private static void collect(String prefix, Class<?> settings, Set<String> names) {
        for (RecordComponent component : settings.getRecordComponents()) {
            String name = prefix + upper(name(settings, component));
            if (component.getType().isRecord()) {
                collect(name + "_", component.getType(), names);
            } else {
                names.add(name);
            }
        }
    }

    /// What Boot calls it: Java has words that are no names.
    private static String name(Class<?> settings, RecordComponent component) {
        try {
            Name given = settings.getDeclaredField(component.getName()).getAnnotation(Name.class);
            return given == null ? component.getName() : given.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("a record without its field: " + settings, e);
        }
    }

    /// `rollBytes` is `ROLL_BYTES`.
    private static String upper(String component) {
        return component.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }

    /// @throws IllegalArgumentException if one of these is ours and unknown; the message has names
    ///   and no values, which may be secrets
    void check(Collection<String> variables) {
        Set<String> unknown =
                variables.stream()
                        .filter(it -> it.startsWith(OURS) && !isKnown(it))
                        .collect(Collectors.toCollection(TreeSet::new));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "unknown environment variable %s; there are %s"
                            .formatted(
                                    String.join(", ", unknown),
                                    String.join(", ", new TreeSet<>(names))));
        }
    }

    private boolean isKnown(String variable) {
        String name = INDEX.matcher(variable).replaceFirst("");
        return LAUNCHERS.contains(name)
                || names.contains(name)
                || names.stream().anyMatch(it -> isWithoutInnerUnderscores(it, name));
    }

    /// Boot takes `CARTLOG_SINK_ROLLBYTES` as well.
    private static boolean isWithoutInnerUnderscores(String known, String name) {
        return known.replace("_", "").equals(name.replace("_", ""));
    }
}
