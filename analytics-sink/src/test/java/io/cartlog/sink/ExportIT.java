package io.cartlog.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.schemas.event.RecordedEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The lake as files, and its upkeep, as operators ask for them.
@ExtendWith(Stack.class)
class ExportIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String MANIFEST = "_export.json";

    // S1-09, S1-10, S3-07, S3-08
    @Test
    void a_snapshot_is_exported_by_the_hour_the_same_bytes_before_and_after_a_compaction(
            World world) throws Exception {
        write(world);
        try (RunningService service = RunningService.in(world, Map.of())) {
            service.post("/internal/flush");
            write(world);
            service.post("/internal/flush");
            String snapshot = newestSnapshot(service);
            Map<String, byte[]> json = export(service, "json&snapshot=" + snapshot);
            Map<String, byte[]> csv = export(service, "csv");
            Map<String, byte[]> parquet = export(service, "parquet");

            assertThat(json.keySet())
                    .anyMatch(n ->
                            n.matches("year=2026/month=01/day=02/hour=03/p\\d{5}-\\d{19}\\.json"))
                    .anyMatch(n -> n.startsWith("year=2026/month=01/day=02/hour=04/p"));
            assertThat(lines(json)).hasSize(world.eventIds().size());
            assertThat(lines(json).stream().map(l -> JSON.readTree(l).get("event_id").asString()))
                    .containsExactlyInAnyOrderElementsOf(world.eventIds());
            assertThat(lines(csv)).hasSize(world.eventIds().size() + csv.size() - 1);
            JsonNode manifest = JSON.readTree(json.get(MANIFEST));
            assertThat(manifest.get("snapshot").asString()).isEqualTo(snapshot);
            assertThat(manifest.get("rows").asLong()).isEqualTo(world.eventIds().size());
            assertThat(manifest.get("files").asInt()).isEqualTo(json.size() - 1);

            assertThat(service.post("/internal/lake/compact").get("filesBefore").asLong())
                    .isPositive();
            same(export(service, "json&snapshot=" + snapshot), json);
            same(withoutManifest(export(service, "json")), withoutManifest(json));
            same(withoutManifest(export(service, "parquet")), withoutManifest(parquet));
            assertThat(service.reconcile().get("differenceCount").asLong()).isZero();
        }
    }

    @Test
    void what_is_not_there_is_not_exported(World world) throws Exception {
        try (RunningService service = RunningService.in(world, Map.of())) {
            assertThatThrownBy(() -> service.text("/internal/lake/export?format=xml"))
                    .hasMessageStartingWith("400");
            assertThatThrownBy(() -> service.text("/internal/lake/export?format=json&snapshot=17"))
                    .hasMessageStartingWith("404");
            assertThat(service.post("/internal/lake/expire?older-than=PT0S").get("expired").asInt())
                    .isZero();
            assertThat(service.post("/internal/lake/clean").get("removed")).isEmpty();
            assertThat(service.get("/internal/lake/files")).isNotNull();
        }
    }

    private static String newestSnapshot(RunningService service) throws Exception {
        return service.get("/internal/lake/snapshots").get(0).get("id").asString();
    }

    private static Map<String, byte[]> export(RunningService service, String format)
            throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        byte[] answer = service.bytes("/internal/lake/export?format=" + format);
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(answer))) {
            for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
                files.put(e.getName(), zip.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(files).containsKey(MANIFEST);
        return files;
    }

    private static Map<String, byte[]> withoutManifest(Map<String, byte[]> files) {
        Map<String, byte[]> data = new LinkedHashMap<>(files);
        data.remove(MANIFEST);
        return data;
    }

    private static void same(Map<String, byte[]> found, Map<String, byte[]> expected) {
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        assertThat(found)
                .allSatisfy((name, bytes) -> assertThat(bytes).isEqualTo(expected.get(name)));
    }

    private static List<String> lines(Map<String, byte[]> files) {
        return withoutManifest(files).values().stream()
                .flatMap(bytes -> new String(bytes, UTF_8).lines())
                .toList();
    }

    private static void write(World world) {
        String account = world.account();
        List<RecordedEvent> events =
                IntStream.rangeClosed(1, 40)
                        .mapToObj(n ->
                                SampleEvents.recorded(
                                        account,
                                        n,
                                        SampleEvents.sold(account, n, n, "2.55"),
                                        SampleEvents.RECORDED.plus(Duration.ofMinutes(2L * n))))
                        .toList();
        world.log.write(events);
    }
}
