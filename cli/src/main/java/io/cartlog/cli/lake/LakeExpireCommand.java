package io.cartlog.cli.lake;

import io.cartlog.cli.terminal.ExitCode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.databind.JsonNode;

@Command(
        name = "expire",
        description = {
            "Forgets old snapshots and removes the files that only they had. What the"
                    + " warehouse has not loaded yet stays.",
            ""
        },
        footer = {"", "Examples:", "  ./cartlog lake expire --older-than 36h"})
final class LakeExpireCommand implements Callable<Integer> {
    @Mixin LakeOptions lake = new LakeOptions();

    @Option(
            names = "--older-than",
            paramLabel = "AGE",
            defaultValue = "7d",
            converter = AgeConverter.class,
            description = "such as 36h or 7d (default: ${DEFAULT-VALUE})")
    Duration age = Duration.ofDays(7);

    @Override
    public Integer call() {
        JsonNode done = lake.service().post(LakeOptions.BASE + "expire?older-than=" + age);
        lake.print(done, "%,d snapshots forgotten".formatted(done.path("expired").asLong()));
        return ExitCode.DONE;
    }

    /// `36h`, `7d`.
    static final class AgeConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                return Duration.parse(
                        text.endsWith("d") ? "P" + text.toUpperCase(Locale.ROOT) : "PT" + text);
            } catch (DateTimeParseException _) {
                throw new TypeConversionException("'" + text + "' is no age such as 36h or 7d");
            }
        }
    }
}
