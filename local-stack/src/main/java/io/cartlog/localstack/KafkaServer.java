package io.cartlog.localstack;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/// A Kafka broker that is its own controller (KRaft).
final class KafkaServer implements AutoCloseable {
    private static final int NODE = 1;

    private final KafkaRaftServer server;

    private KafkaServer(KafkaRaftServer server) {
        this.server = server;
    }

    static KafkaServer start(Path folder, Ports ports, int partitions) throws Exception {
        FreePort.require(ports.kafka(), "kafka");
        FreePort.require(ports.controller(), "kafka's controller");
        formatIfNew(folder);
        KafkaRaftServer server =
                new KafkaRaftServer(
                        new KafkaConfig(settings(folder, ports, partitions), false), Time.SYSTEM);
        server.startup();
        TopicBootstrap.create("127.0.0.1:" + ports.kafka(), partitions);
        return new KafkaServer(server);
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void formatIfNew(Path folder) throws Exception {
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        Files.createDirectories(folder);
        try (PrintStream nowhere = nowhere()) {
            new Formatter()
                    .setPrintStream(nowhere)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(NODE)
                    .addDirectory(folder.toString())
                    .setMetadataLogDirectory(folder.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setIgnoreFormatted(true)
                    .run();
        }
    }

    private static PrintStream nowhere() throws IOException {
        return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }

    private static Map<String, String> settings(Path folder, Ports ports, int partitions) {
        Map<String, String> settings = new HashMap<>(oneNode(ports));
        settings.put("log.dirs", folder.toString());
        settings.put("num.partitions", Integer.toString(partitions));
        settings.put("auto.create.topics.enable", "false");
        settings.put("broker.session.timeout.ms", Long.toString(session(folder).toMillis()));
        settings.putAll(quickRecovery());
        settings.putAll(shortTransactions());
        settings.putAll(smallMachine());
        return settings;
    }

    private static Map<String, String> oneNode(Ports ports) {
        String broker = "PLAINTEXT://127.0.0.1:" + ports.kafka();
        String controller = "127.0.0.1:" + ports.controller();
        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE));
        // A static quorum: the folder can be started on other ports.
        settings.put("controller.quorum.voters", NODE + "@" + controller);
        settings.put("listeners", broker + ",CONTROLLER://" + controller);
        settings.put("advertised.listeners", broker);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        for (String replication :
                List.of(
                        "offsets.topic.replication.factor",
                        "transaction.state.log.replication.factor",
                        "transaction.state.log.min.isr",
                        "share.coordinator.state.topic.replication.factor",
                        "share.coordinator.state.topic.min.isr",
                        "min.insync.replicas",
                        "default.replication.factor")) {
            settings.put(replication, "1");
        }
        return settings;
    }

    /// For how long the broker may be silent before its controller takes its partitions from it.
    ///
    /// There is no other to take them. While they have no leader, as after the process was stopped,
    /// Kafka 4.3 ends a transaction without marking it in them, and nothing after it is ever read
    /// (KAFKA-20734). Only a broker that was killed has to come back while it still counts as
    /// there, and waits for the end of its session: then as long as Kafka's own.
    private static Duration session(Path folder) {
        boolean killed =
                Files.exists(folder.resolve("__cluster_metadata-0"))
                        && !Files.exists(folder.resolve(".kafka_cleanshutdown"));
        return killed ? Duration.ofSeconds(9) : Duration.ofDays(1);
    }

    /// A killed member's partitions and open transactions are free again after seconds.
    private static Map<String, String> quickRecovery() {
        return Map.of(
                "group.initial.rebalance.delay.ms", "0",
                "group.min.session.timeout.ms", "1000",
                "group.consumer.min.session.timeout.ms", "3000",
                "group.consumer.session.timeout.ms", "10000",
                "group.consumer.min.heartbeat.interval.ms", "500",
                "group.consumer.heartbeat.interval.ms", "2000",
                "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
    }

    /// A transaction that begins while the markers of the one before are still being written is
    /// tried again by the broker; with its 20 ms that pause would be the longest part of a command.
    private static Map<String, String> shortTransactions() {
        return Map.of("add.partitions.to.txn.retry.backoff.ms", "1");
    }

    private static Map<String, String> smallMachine() {
        return Map.of(
                "offsets.topic.num.partitions", "4",
                "transaction.state.log.num.partitions", "4",
                "share.coordinator.state.topic.num.partitions", "4",
                "num.network.threads", "2",
                "num.io.threads", "4",
                "log.segment.bytes", Integer.toString(256 << 20),
                "log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20),
                "log.cleaner.io.buffer.size", Integer.toString(256 << 10));
    }
}
