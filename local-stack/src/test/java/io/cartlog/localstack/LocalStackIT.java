package io.cartlog.localstack;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.schemas.topic.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/// The contract of the four servers.
class LocalStackIT {
    @TempDir static Path data;
    static LocalStack stack;
    static Clients clients;

    @BeforeAll
    static void start() {
        stack = LocalStack.inFolder(data);
        clients = new Clients(stack.addresses());
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    // S0-13
    @Test
    void every_topic_is_there_with_its_partitions_and_retention() throws Exception {
        List<String> names =
                List.of(
                        Topics.COMMANDS.name(),
                        Topics.EVENTS.name(),
                        Topics.REPLIES.name(),
                        Topics.CLICKS.name(),
                        Topics.DEAD_LETTERS);
        try (var admin = clients.admin()) {
            Map<String, TopicDescription> topics =
                    admin.describeTopics(names).allTopicNames().get();
            assertThat(names)
                    .extracting(it -> requireNonNull(topics.get(it)).partitions().size())
                    .containsExactly(4, 4, 4, 4, 1);
        }
        assertThat(setting(Topics.EVENTS.name(), "retention.ms")).isEqualTo("-1");
        assertThat(setting(Topics.EVENTS.name(), "message.timestamp.type")).isEqualTo("CreateTime");
        assertThat(setting(Topics.COMMANDS.name(), "message.timestamp.type"))
                .isEqualTo("LogAppendTime");
        assertThat(setting(Topics.CLICKS.name(), "retention.ms")).isEqualTo("-1");
        assertThat(setting(Topics.CLICKS.name(), "message.timestamp.type"))
                .isEqualTo("LogAppendTime");
        assertThat(setting(Topics.DEAD_LETTERS, "retention.ms")).isEqualTo("-1");
    }

    @Test
    void a_committed_transaction_is_read_and_an_aborted_one_is_not() throws Exception {
        try (var producer = clients.producer(Map.of("transactional.id", "t"));
                var consumer = clients.consumer(Map.of("group.id", "g"))) {
            producer.initTransactions();
            producer.beginTransaction();
            send(producer, "aborted", 100);
            producer.flush();
            producer.abortTransaction();
            producer.beginTransaction();
            send(producer, "committed", 100);
            producer.commitTransaction();

            consumer.subscribe(List.of(Topics.EVENTS.name()));
            assertThat(read(consumer, 100)).hasSize(100).containsOnly("committed");
        }
    }

    @Test
    void an_object_is_never_overwritten_by_a_put_that_wants_none_there() {
        String bucket = stack.addresses().bucket();
        try (var s3 = clients.s3()) {
            s3.putObject(
                    it -> it.bucket(bucket).key("a/b").ifNoneMatch("*"),
                    RequestBody.fromString("first"));
            assertThatThrownBy(() ->
                            s3.putObject(
                                    it -> it.bucket(bucket).key("a/b").ifNoneMatch("*"),
                                    RequestBody.fromString("second")))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
            assertThat(s3.getObjectAsBytes(it -> it.bucket(bucket).key("a/b")).asUtf8String())
                    .isEqualTo("first");
        }
    }

    /// Keys of a lake hold `=`, which some versions of the server could not page past.
    @Test
    void more_objects_than_a_page_holds_are_all_listed() throws Exception {
        String bucket = stack.addresses().bucket();
        Path folder = Files.createDirectories(data.resolve("s3").resolve(bucket).resolve("day=1"));
        for (int i = 0; i < 1_100; i++) {
            Files.writeString(folder.resolve("part=" + i), "x");
        }
        try (var s3 = clients.s3()) {
            assertThat(
                            s3.listObjectsV2Paginator(it -> it.bucket(bucket).prefix("day=1/"))
                                    .contents())
                    .extracting(S3Object::key)
                    .hasSize(1_100)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void a_wrong_secret_is_refused_by_s3_and_by_postgres() {
        Addresses at = stack.addresses();
        Clients intruder =
                new Clients(
                        new Addresses(
                                at.kafka(),
                                at.dynamodb(),
                                at.s3(),
                                at.jdbcUrl(),
                                at.jdbcUser(),
                                "wrong",
                                at.accessKey(),
                                "wrong",
                                at.region(),
                                at.bucket()));
        try (var s3 = intruder.s3()) {
            assertThatThrownBy(() -> s3.listObjectsV2(it -> it.bucket(at.bucket())))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
        }
        assertThatThrownBy(intruder::sql).hasMessageContaining("password authentication failed");
    }

    @Test
    void nobody_listens_beyond_loopback() throws Exception {
        Addresses at = stack.addresses();
        List<Integer> ports =
                List.of(
                        Integer.parseInt(at.kafka().replaceAll(".*:", "")),
                        at.dynamodb().getPort(),
                        at.s3().getPort(),
                        Integer.parseInt(at.jdbcUrl().replaceAll(".*:(\\d+)/.*", "$1")));
        List<InetAddress> others = addressesOfThisMachine();
        assertThat(others).isNotEmpty();
        for (InetAddress address : others) {
            for (int port : ports) {
                assertThat(canBind(address, port)).as("%s:%d is free", address, port).isTrue();
            }
        }
    }

    @Test
    void a_commit_of_postgres_is_durable() throws Exception {
        try (var connection = clients.sql();
                Statement sql = connection.createStatement()) {
            assertThat(first(sql, "SHOW fsync")).isEqualTo("on");
            assertThat(first(sql, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(first(sql, "SHOW full_page_writes")).isEqualTo("on");
        }
    }

    @Test
    void a_second_stack_on_the_same_folder_is_refused_and_harms_nothing() throws Exception {
        assertThatThrownBy(() -> LocalStack.inFolder(data))
                .isInstanceOf(LocalStackException.class)
                .hasMessageContaining("another local stack runs on " + data);
        try (var connection = clients.sql()) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    // S0-13
    @Test
    void a_restart_on_other_ports_keeps_everything(@TempDir Path folder) throws Exception {
        String before;
        try (LocalStack first = LocalStack.inFolder(folder)) {
            before = first.addresses().kafka();
            write(new Clients(first.addresses()));
        }
        try (LocalStack second = LocalStack.inFolder(folder)) {
            assertThat(second.addresses().kafka()).isNotEqualTo(before);
            assertThat(content(new Clients(second.addresses())))
                    .containsExactly("record", "item", "object", "row");
        }
    }

    @Test
    void a_taken_port_is_named_with_its_purpose(@TempDir Path folder) throws Exception {
        Ports ports = Ports.free();
        for (Map.Entry<Part, Integer> taken :
                Map.of(
                                Part.KAFKA, ports.kafka(),
                                Part.DYNAMODB, ports.dynamodb(),
                                Part.S3, ports.s3(),
                                Part.POSTGRES, ports.postgres())
                        .entrySet()) {
            LocalStackSettings settings =
                    new LocalStackSettings(
                            folder.resolve(taken.getKey().name()),
                            ports,
                            EnumSet.of(taken.getKey()),
                            1);
            try (ServerSocket _ =
                    new ServerSocket(
                            taken.getValue(),
                            1,
                            InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
                assertThatThrownBy(() -> LocalStack.start(settings))
                        .isInstanceOf(LocalStackException.class)
                        .hasMessage(
                                "port %d for %s is taken; choose another first port with"
                                        + " CARTLOG_PORT",
                                taken.getValue(), taken.getKey().name().toLowerCase(Locale.ROOT));
            }
        }
    }

    @Test
    void a_pid_file_that_names_a_stranger_is_no_hindrance(@TempDir Path folder) throws Exception {
        LocalStackSettings settings = LocalStackSettings.inFolder(folder).only(Part.POSTGRES);
        LocalStack.start(settings).close();
        Process stranger = new ProcessBuilder("sleep", "60").start();
        try {
            Files.writeString(
                    folder.resolve("postgres").resolve("postmaster.pid"),
                    stranger.pid() + "\n" + folder.resolve("postgres") + "\n");
            try (LocalStack again = LocalStack.start(settings);
                    var connection = new Clients(again.addresses()).sql()) {
                assertThat(connection.isValid(5)).isTrue();
            }
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void only_the_wanted_parts_start(@TempDir Path folder) {
        LocalStackSettings settings = LocalStackSettings.inFolder(folder).only(Part.S3);
        try (LocalStack _ = LocalStack.start(settings)) {
            assertThat(Ports.isFree(settings.ports().s3())).isFalse();
            assertThat(Ports.isFree(settings.ports().kafka())).isTrue();
            assertThat(Ports.isFree(settings.ports().postgres())).isTrue();
        }
    }

    private static String setting(String topic, String name) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (var admin = clients.admin()) {
            Config config =
                    requireNonNull(
                            admin.describeConfigs(List.of(resource)).all().get().get(resource));
            return requireNonNull(config.get(name)).value();
        }
    }

    private static void send(KafkaProducer<String, String> producer, String value, int times) {
        IntStream.range(0, times)
                .forEach(i -> {
                    Future<RecordMetadata> _ =
                            producer.send(
                                    new ProducerRecord<>(Topics.EVENTS.name(), "key" + i, value));
                });
    }

    private static List<String> read(KafkaConsumer<String, String> consumer, int wanted) {
        List<String> values = new ArrayList<>();
        Instant limit = Instant.now().plusSeconds(30);
        while (values.size() < wanted && Instant.now().isBefore(limit)) {
            for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                values.add(record.value());
            }
        }
        return values;
    }

    private static void write(Clients to) throws Exception {
        try (var producer = to.producer(Map.of());
                var dynamodb = to.dynamodb();
                var s3 = to.s3();
                var connection = to.sql();
                Statement sql = connection.createStatement()) {
            producer.send(new ProducerRecord<>(Topics.EVENTS.name(), 0, "key", "record")).get();
            dynamodb.createTable(Clients.table("kept"));
            dynamodb.putItem(
                    it -> it.tableName("kept").item(Map.of("id", AttributeValue.fromS("item"))));
            s3.putObject(
                    it -> it.bucket(to.at().bucket()).key("kept"),
                    RequestBody.fromString("object"));
            sql.execute("CREATE TABLE warehouse.kept AS SELECT 'row' AS text");
        }
    }

    private static List<String> content(Clients from) throws Exception {
        try (var consumer = from.consumer(Map.of());
                var dynamodb = from.dynamodb();
                var s3 = from.s3();
                var connection = from.sql();
                Statement sql = connection.createStatement()) {
            consumer.assign(List.of(new TopicPartition(Topics.EVENTS.name(), 0)));
            return List.of(
                    read(consumer, 1).getFirst(),
                    requireNonNull(
                                    dynamodb.scan(it -> it.tableName("kept"))
                                            .items()
                                            .getFirst()
                                            .get("id"))
                            .s(),
                    s3.getObjectAsBytes(it -> it.bucket(from.at().bucket()).key("kept"))
                            .asUtf8String(),
                    first(sql, "SELECT text FROM warehouse.kept"));
        }
    }

    private static String first(Statement sql, String query) throws Exception {
        try (ResultSet rows = sql.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /// With a second loopback address where the system has one: a server on all addresses would
    /// hold that one too.
    private static List<InetAddress> addressesOfThisMachine() throws Exception {
        return Stream.concat(
                        Stream.of(InetAddress.getByAddress(new byte[] {127, 0, 0, 2}))
                                .filter(it -> canBind(it, 0)),
                        NetworkInterface.networkInterfaces()
                                .flatMap(NetworkInterface::inetAddresses)
                                .filter(it -> !it.isLoopbackAddress() && !it.isLinkLocalAddress()))
                .toList();
    }

    private static boolean canBind(InetAddress address, int port) {
        try (ServerSocket _ = new ServerSocket(port, 1, address)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
