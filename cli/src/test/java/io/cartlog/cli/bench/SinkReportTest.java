package io.cartlog.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.cli.terminal.Json;
import org.junit.jupiter.api.Test;

class SinkReportTest {
    private static final String PEER =
            """
            {"name": "Kafka Connect", "perCpuSecond": 50000, "perSecond": 60000,
             "cpuSeconds": 20.0, "peakMegabytes": 900}
            """;

    @Test
    void ways_are_compared_with_the_plainest_of_their_kind() {
        assertThat(text(PEER))
                .containsPattern("bytes to files +450,000 +3.00")
                .containsPattern("analytics-sink +200,000 +4.00 +250,000 +5.00 +600")
                .containsPattern("Kafka Connect +50,000 +1.00 +60,000 +20.00 +900")
                .containsPattern("load, from Parquet into both tables +300,000 +0.50")
                .contains("the loading thread itself worked 42 %");
    }

    @Test
    void a_missed_goal_is_told_from_one_that_is_reached() {
        assertThat(text(PEER))
                .containsPattern("rows/s loaded +at least 300,000 +300,000 +yes")
                .containsPattern("the peer's memory +below 1 +1.25 +no");
    }

    @Test
    void without_a_peer_the_sink_stands_alone() {
        assertThat(text("null"))
                .containsPattern("analytics-sink +200,000 +1.00")
                .doesNotContain("Kafka Connect");
    }

    private static String text(String peer) {
        String figures =
                """
                {"rows": 1000,
                 "files": {"decode": 900000, "bytesToFiles": 450000, "objectsToFiles": 150000},
                 "sink": {"name": "analytics-sink", "perCpuSecond": 200000, "perSecond": 250000,
                          "cpuSeconds": 5.0, "peakMegabytes": 600},
                 "peer": %s,
                 "warehouse": {"perSecond": 300000, "plainCopyPerSecond": 600000,
                               "loaderCpuShare": 0.42},
                 "freshness": [{"setting": "defaults", "events": 500, "p50Seconds": 5.25,
                                "p99Seconds": 10.5, "peakMegabytes": 700}],
                 "goals": [{"what": "warehouse, rows/s loaded", "aim": "at least 300,000",
                            "measured": 300000.0, "reached": true},
                           {"what": "times the peer's memory", "aim": "below 1",
                            "measured": 1.25, "reached": false}]}
                """
                        .formatted(peer);
        return SinkReport.text(Json.MAPPER.readTree(figures));
    }
}
