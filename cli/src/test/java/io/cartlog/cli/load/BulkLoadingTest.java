package io.cartlog.cli.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.cli.behaviour.ByteLines;
import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class BulkLoadingTest {
    private static final String HEADER =
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

    @TempDir Path folder;
    private BatchServer server;

    @BeforeEach
    void start() throws IOException {
        server = new BatchServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    // S4-08
    @Test
    void a_file_in_parts_by_two_importers_makes_the_keys_of_one_load() throws IOException {
        byte[] file = retail(300);
        importInTwoHalves(file);
        List<JsonNode> imported = server.commands();

        LoadReport loaded = load(file);

        assertThat(imported).hasSize(300);
        assertThat(loaded.counts().accepted()).isZero();
        assertThat(loaded.counts().replayed()).isEqualTo(300);
    }

    private void importInTwoHalves(byte[] file) throws IOException {
        FileForm first = FileForm.of(HEADER, ISO_8859_1);
        ByteLines lines = lines(file, HEADER.length());
        BulkCounts half = loading().load(first, lines, 1, file.length / 2, null, _ -> {});
        long position = HEADER.length() + lines.position();
        ByteArrayOutputStream memory = new ByteArrayOutputStream();
        first.save(new DataOutputStream(memory));
        FileForm second = FileForm.of(HEADER, ISO_8859_1);
        second.restore(new DataInputStream(new ByteArrayInputStream(memory.toByteArray())));
        BulkCounts rest =
                loading()
                        .load(
                                second,
                                lines(file, position),
                                1 + half.rows(),
                                Long.MAX_VALUE,
                                null,
                                _ -> {});
        assertThat(half.rows()).isBetween(100L, 200L);
        assertThat(half.plus(rest).accepted()).isEqualTo(300);
    }

    @Test
    void what_is_not_accepted_is_written_with_its_line() throws IOException {
        String rows = HEADER + row(1) + "broken\n" + row(2).replace(",1,", ",many,") + row(3);
        Path rejects = folder.resolve("rejects.csv");

        BulkCounts counts =
                loading()
                        .load(
                                FileForm.of(HEADER, ISO_8859_1),
                                lines(rows.getBytes(UTF_8), HEADER.length()),
                                1,
                                Long.MAX_VALUE,
                                rejects,
                                _ -> {});

        assertThat(counts.rows()).isEqualTo(4);
        assertThat(counts.accepted()).isEqualTo(2);
        assertThat(counts.broken()).isEqualTo(2);
        assertThat(Files.readString(rejects))
                .contains("3,1 columns instead of 8,broken", "\n4,")
                .doesNotContain("\n2,", "\n5,");
    }

    // S0-14
    @Test
    void a_cart_file_becomes_commands_on_carts_and_till_lines() throws IOException {
        Path file = folder.resolve("cart.csv");
        String item =
                ",\"{\"\"ProductId\"\":\"\"P-1\"\",\"\"Quantity\"\":2,\"\"Price\"\":1.50,"
                        + "\"\"Category\"\":\"\"TV\"\"}\",";
        Files.writeString(
                file,
                "AccountID,CreateTimestamp,ItemSKU,Status,OrderId\n"
                        + ("1,2020-10-04T21:44:25Z" + item + "ACTIVE,\n").repeat(2)
                        + ("1,2020-10-04T21:44:26Z" + item + "SAVED,\n")
                        + ("1,2020-10-04T21:44:27Z" + item + "PURCHASED,O-7\n"));

        LoadReport report = reporting().cart(file, Long.MAX_VALUE);

        assertThat(report.counts().read()).isEqualTo(4);
        assertThat(server.commands())
                .extracting(JsonNode::toString)
                .extracting(text -> text.replaceFirst("\"idempotencyKey\":\"[^\"]*\",", ""))
                .containsExactly(
                        "{\"account\":\"1\",\"command\":\"AddItem\","
                                + "\"occurredAt\":\"2020-10-04T21:44:25Z\",\"productId\":\"P-1\","
                                + "\"quantity\":2,\"price\":\"1.50\",\"category\":\"TV\"}",
                        "{\"account\":\"1\",\"command\":\"SaveItem\","
                                + "\"occurredAt\":\"2020-10-04T21:44:26Z\",\"productId\":\"P-1\","
                                + "\"category\":\"TV\"}",
                        "{\"InvoiceNo\":\"O-7\",\"StockCode\":\"P-1\",\"Quantity\":\"2\","
                                + "\"InvoiceDate\":\"2020-10-04T21:44:27Z\",\"UnitPrice\":\"1.50\","
                                + "\"CustomerID\":\"1\"}");
    }

    @Test
    void a_file_with_other_columns_is_no_cart_file() throws IOException {
        Path file = Files.writeString(folder.resolve("other.csv"), HEADER);

        assertThatThrownBy(() -> reporting().cart(file, Long.MAX_VALUE))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("the columns must be AccountID,");
        assertThatThrownBy(() -> FileForm.of("a,b,c", UTF_8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no retail, behaviour or cart file");
    }

    private BulkLoading loading() {
        LoadOptions options = new LoadOptions();
        options.batch = 10;
        return new BulkLoading(server.address().toString(), () -> "token", options.pace());
    }

    private Loading reporting() {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        return new Loading(
                server.address().toString(),
                () -> "token",
                new LoadOptions(),
                new Terminal(nowhere, nowhere, false));
    }

    private LoadReport load(byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("rows.csv"), content);
        return reporting().retail(file, ISO_8859_1, Long.MAX_VALUE);
    }

    private static ByteLines lines(byte[] file, long from) {
        int start = Math.toIntExact(from);
        return new ByteLines(new ByteArrayInputStream(file, start, file.length - start));
    }

    /// Every row is there three times, the third far from the first.
    private static byte[] retail(int rows) {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < rows; i++) {
            text.append(row(i % (rows / 3)));
        }
        return text.toString().getBytes(ISO_8859_1);
    }

    private static String row(int i) {
        return "%d,sku-%d,a lamp,1,12/1/2010 8:26,2.55,%d,France\n"
                .formatted(536_000 + i / 5, i, i % 7);
    }
}
