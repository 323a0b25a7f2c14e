package io.cartlog.cli.bench;

import io.cartlog.cli.bench.RebuildReport.Fold;
import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.terminal.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// How many events a second one thread of a rebuild would take if there were no store.
final class FoldRates {
    private FoldRates() {}

    /// @throws CommandFailedException if the benchmarks are not built, or fail
    static List<Fold> measure() throws IOException, InterruptedException {
        Path result = Files.createTempFile("cartlog-fold", ".json");
        try {
            ProcessBuilder process =
                    Benchmarks.process(
                            Benchmarks.JMH,
                            List.of(
                                    "FoldBenchmark",
                                    "-foe",
                                    "true",
                                    "-rf",
                                    "json",
                                    "-rff",
                                    result.toString()));
            int exit = Benchmarks.run(process.redirectOutput(ProcessBuilder.Redirect.DISCARD));
            if (exit != 0) {
                throw new CommandFailedException("FoldBenchmark ended with " + exit);
            }
            return rates(Json.MAPPER.readTree(result.toFile()));
        } finally {
            Files.delete(result);
        }
    }

    static List<Fold> rates(JsonNode results) {
        Map<String, Map<Integer, Long>> rates = new HashMap<>();
        for (JsonNode result : results) {
            String name = result.path("benchmark").asString("");
            rates.computeIfAbsent(name.substring(name.lastIndexOf('.') + 1), _ -> new HashMap<>())
                    .put(
                            result.at("/params/eventsPerItem").asInt(),
                            Math.round(result.at("/primaryMetric/score").asDouble()));
        }
        Map<Integer, Long> whole = rates.getOrDefault("decodeAndFold", Map.of());
        return whole.keySet().stream()
                .sorted()
                .map(perItem ->
                        new Fold(
                                perItem,
                                whole.getOrDefault(perItem, 0L),
                                rates.getOrDefault("decode", Map.of()).getOrDefault(perItem, 0L)))
                .toList();
    }
}
