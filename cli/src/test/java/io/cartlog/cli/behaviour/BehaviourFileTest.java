package io.cartlog.cli.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.schemas.click.ClickAction;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ClickId;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.Sku;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BehaviourFileTest {
    private static final String HEADER =
            "event_time,event_type,product_id,category_id,category_code,brand,price,user_id,"
                    + "user_session";
    private static final String SESSION = "72d76fde-8bb3-4e00-8c23-a032dfed738c";
    private static final String ROW =
            "2019-10-01 00:00:04 UTC,cart,44600062,2103807459595387724,electronics.clocks,casio,"
                    + "35.79,9007199254740993,"
                    + SESSION;

    @TempDir Path folder;

    // S2-01: 9007199254740993 is 2 to the 53rd, and 1
    @Test
    void a_row_has_nine_columns_and_ids_beyond_what_a_float_holds() throws IOException {
        assertThat(rows(HEADER + "\n" + ROW + "\n"))
                .containsExactly(
                        new BehaviourRow(
                                Instant.parse("2019-10-01T00:00:04Z"),
                                ClickAction.CART,
                                new Sku("44600062"),
                                "2103807459595387724",
                                "electronics.clocks",
                                "casio",
                                Money.of("35.79"),
                                new AccountId("9007199254740993"),
                                SESSION));
    }

    @Test
    void category_brand_session_and_the_price_of_a_view_may_be_unknown() throws IOException {
        BehaviourRow row = rows(HEADER + "\n2019-10-01 00:00:04 UTC,view,1,,,,,2,\n").getFirst();

        assertThat(row.categoryId()).isNull();
        assertThat(row.category()).isNull();
        assertThat(row.brand()).isNull();
        assertThat(row.price()).isNull();
        assertThat(row.session()).isNull();
    }

    // S2-02
    @Test
    void lines_end_with_lf_or_crlf_and_the_file_may_have_a_mark_and_be_gzipped()
            throws IOException {
        String crlf = "\ufeff" + HEADER + "\r\n" + ROW + "\r\n" + ROW + "\r\n";

        assertThat(rows(crlf)).hasSize(2).containsOnly(rows(HEADER + "\n" + ROW).getFirst());
        assertThat(lines(gzipped("data.csv.gz", crlf, Integer.MAX_VALUE))).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 12, 30, 36, 37, 50, 100})
    void a_last_line_that_is_cut_off_is_refused_with_its_number(int missing) throws IOException {
        String cut = ROW.substring(0, ROW.length() - missing);

        List<BehaviourLine> lines = lines(file(HEADER + "\n" + ROW + "\n" + cut));

        assertThat(lines.get(0)).isInstanceOf(BehaviourLine.Row.class);
        assertThat(lines.get(1))
                .isInstanceOfSatisfying(
                        BehaviourLine.Broken.class,
                        broken -> {
                            assertThat(broken.number()).isEqualTo(3);
                            assertThat(broken.text()).isEqualTo(cut);
                        });
        assertThat(lines).hasSize(2);
    }

    @Test
    void a_gzip_file_that_breaks_off_gives_what_it_has_and_says_where() throws IOException {
        StringBuilder text = new StringBuilder(HEADER + "\n");
        for (int i = 0; i < 2_000; i++) {
            text.append(ROW.replace("44600062", Integer.toString(i * 7_919))).append('\n');
        }
        List<BehaviourLine> lines = lines(gzipped("cut.csv.gz", text.toString(), 3_000));

        assertThat(lines).hasSizeBetween(2, 2_000);
        assertThat(lines.subList(0, lines.size() - 1))
                .allMatch(BehaviourLine.Row.class::isInstance);
        assertThat(lines.getLast())
                .isInstanceOfSatisfying(
                        BehaviourLine.Broken.class,
                        broken ->
                                assertThat(broken.reason()).startsWith("the file breaks off here"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2019-10-01 00:00:04 UTC,search,1,,,,1,2,s|event_type: must be one of",
                "2019-10-01 00:00:04,view,1,,,,1,2,s|event_time: no time",
                "2019-02-30 00:00:04 UTC,view,1,,,,1,2,s|event_time: no time",
                "2019-10-01 00:00:04 UTC,view,,,,,1,2,s|product_id: ",
                "2019-10-01 00:00:04 UTC,view,1,,,,-1,2,s|price: must not be negative",
                "2019-10-01 00:00:04 UTC,view,1,,,,x,2,s|price: an amount",
                "2019-10-01 00:00:04 UTC,cart,1,,,,,2,s|price is missing",
                "2019-10-01 00:00:04 UTC,view,1,,,,1,,s|user_id: ",
                "2019-10-01 00:00:04 UTC,view,1,x,,,1,2,s|a category's number",
                "2019-10-01 00:00:04 UTC,view,1,,,,1,2,a b|a session is",
                "2019-10-01 00:00:04 UTC,view,1,,,1,2,s|8 columns instead of 9",
                "\"2019-10-01 00:00:04 UTC,view,1,,,,1,2,s|not CSV",
                "' '|the line is empty"
            })
    void a_broken_row_is_told_with_the_reason_and_stops_nobody(String broken, String reason)
            throws IOException {
        List<BehaviourLine> lines = lines(file(HEADER + "\n" + broken + "\n" + ROW + "\n"));

        assertThat(lines.get(0))
                .isInstanceOfSatisfying(
                        BehaviourLine.Broken.class,
                        line -> {
                            assertThat(line.number()).isEqualTo(2);
                            assertThat(line.reason()).startsWith(reason);
                        });
        assertThat(lines.get(1)).isInstanceOf(BehaviourLine.Row.class);
    }

    @Test
    void a_line_without_end_or_of_other_bytes_is_broken_and_the_next_one_is_read()
            throws IOException {
        byte[] latin =
                (ROW.replace("casio", "caf\u00e9") + "\n").getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(
                (HEADER + "\n" + "x".repeat(200_000) + "\n").getBytes(StandardCharsets.UTF_8));
        all.writeBytes(latin);
        all.writeBytes((ROW + "\n").getBytes(StandardCharsets.UTF_8));

        List<BehaviourLine> lines =
                lines(Files.write(folder.resolve("bytes.csv"), all.toByteArray()));

        assertThat(lines).extracting(BehaviourLine::number).containsExactly(2L, 3L, 4L);
        assertThat(((BehaviourLine.Broken) lines.get(0)).reason()).contains("more than");
        assertThat(((BehaviourLine.Broken) lines.get(1)).reason()).contains("UTF-8");
        assertThat(lines.get(2)).isInstanceOf(BehaviourLine.Row.class);
    }

    @Test
    void a_file_with_other_columns_is_refused() throws IOException {
        Path other = file("InvoiceNo,StockCode\n1,2\n");

        assertThatThrownBy(() -> BehaviourFile.open(other))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not begin with the columns event_time,");
    }

    @Test
    void a_row_has_the_same_id_in_every_load_and_identical_rows_have_different_ones()
            throws IOException {
        String text = HEADER + "\n" + ROW + "\n" + ROW + "\n" + ROW.replace("cart", "view") + "\n";

        List<ClickId> ids = ids(text);

        assertThat(ids).doesNotHaveDuplicates().isEqualTo(ids(text));
        assertThat(ids(HEADER + "\n" + ROW + "\n")).containsExactly(ids.getFirst());
        assertThat(ids).allMatch(id -> id.value().matches("[0-9a-f]{32}"));
    }

    @Test
    void what_is_bought_in_a_session_is_one_order_whose_number_is_no_returns() throws IOException {
        BehaviourRow row = rows(HEADER + "\n" + ROW + "\n").getFirst();
        String nowhere = ROW.replace(SESSION, "");
        String far = ROW.replace(SESSION, "C".repeat(64));

        assertThat(row.order(new ClickId("a")).value()).isEqualTo("S-" + SESSION);
        assertThat(rows(HEADER + "\n" + nowhere + "\n").getFirst().order(new ClickId("a")).value())
                .isEqualTo("S-a");
        assertThat(rows(HEADER + "\n" + far + "\n").getFirst().order(new ClickId("a")).value())
                .matches("S-[0-9a-f]{32}");
    }

    private List<ClickId> ids(String text) throws IOException {
        ClickIds ids = new ClickIds();
        return lines(file(text)).stream().map(line -> ids.next((BehaviourLine.Row) line)).toList();
    }

    private List<BehaviourRow> rows(String text) throws IOException {
        return lines(file(text)).stream().map(line -> ((BehaviourLine.Row) line).row()).toList();
    }

    private static List<BehaviourLine> lines(Path path) throws IOException {
        List<BehaviourLine> lines = new ArrayList<>();
        try (BehaviourFile file = BehaviourFile.open(path)) {
            for (BehaviourLine line = file.next(); line != null; line = file.next()) {
                lines.add(line);
            }
        }
        return lines;
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("data.csv"), text, StandardCharsets.UTF_8);
    }

    /// @param most bytes of the file at most
    private Path gzipped(String name, String text, int most) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        byte[] all = bytes.toByteArray();
        return Files.write(folder.resolve(name), Arrays.copyOf(all, Math.min(most, all.length)));
    }
}
