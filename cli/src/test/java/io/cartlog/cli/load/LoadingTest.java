package io.cartlog.cli.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.cli.load.BatchServer.Mood;
import io.cartlog.cli.retail.FileLine;
import io.cartlog.cli.retail.RetailFile;
import io.cartlog.cli.retail.RetailRow;
import io.cartlog.cli.retail.RowKeys;
import io.cartlog.cli.shop.Play;
import io.cartlog.cli.shop.Step;
import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.terminal.Terminal;
import io.cartlog.schemas.command.CartCommand.CheckOut;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class LoadingTest {
    private static final String HEADER =
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\r\n";
    private final StringWriter err = new StringWriter();
    private final LoadOptions options = new LoadOptions();
    @TempDir Path folder;
    private BatchServer server;

    @BeforeEach
    void start() throws IOException {
        server = new BatchServer();
        options.batch = 10;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void every_row_arrives_once_and_an_accounts_rows_in_their_order() throws IOException {
        LoadReport report = retail(rows(500));

        assertThat(report.counts().read()).isEqualTo(500);
        assertThat(report.counts().accepted()).isEqualTo(500);
        assertThat(server.events()).isEqualTo(500);
        for (int customer = 0; customer < 7; customer++) {
            assertThat(server.order("" + customer)).isEqualTo(keysOf(customer, 500));
        }
    }

    // S1-16
    @Test
    void loading_again_and_loading_a_part_adds_nothing() throws IOException {
        retail(rows(300));

        LoadReport again = retail(rows(300));
        LoadReport part = loading().retail(file(rows(300)), StandardCharsets.ISO_8859_1, 40);

        assertThat(again.counts().accepted()).isZero();
        assertThat(again.counts().replayed()).isEqualTo(300);
        assertThat(part.counts().read()).isEqualTo(40);
        assertThat(part.counts().replayed()).isEqualTo(40);
        assertThat(server.events()).isEqualTo(300);
    }

    @Test
    void requests_in_flight_are_bounded() throws IOException {
        options.lanes = 3;

        retail(rows(400));

        assertThat(server.mostInFlight()).isBetween(1, 3);
    }

    @ParameterizedTest
    @EnumSource(
            value = Mood.class,
            names = {"UNAVAILABLE", "BUSY", "TAKE_AND_BREAK", "LATE_LINE"})
    void a_batch_is_sent_again_until_it_is_answered_and_nothing_counts_twice(Mood mood)
            throws IOException {
        server.next(mood, mood, Mood.TAKE, mood);

        LoadReport report = retail(rows(200));

        assertThat(report.counts().accepted()).isEqualTo(200);
        assertThat(report.counts().replayed()).isZero();
        assertThat(report.counts().retries()).isEqualTo(3);
        assertThat(server.events()).isEqualTo(200);
        for (int customer = 0; customer < 7; customer++) {
            assertThat(server.order("" + customer))
                    .containsExactlyInAnyOrderElementsOf(keysOf(customer, 200));
        }
    }

    @Test
    void a_server_that_comes_back_gets_the_rest() throws Exception {
        int port = server.address().getPort();
        server.close();
        ServerSocket dying = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        try (ExecutorService restart = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<BatchServer> restarted =
                    restart.submit(() -> {
                        try (dying) {
                            dying.accept().close();
                        }
                        return new BatchServer(port);
                    });

            LoadReport report =
                    new Loading("http://127.0.0.1:" + port, () -> "token", options, terminal())
                            .retail(file(rows(100)), StandardCharsets.ISO_8859_1, 1_000);

            server = restarted.get();
            assertThat(report.counts().accepted()).isEqualTo(100);
            assertThat(report.counts().retries()).isPositive();
            assertThat(server.events()).isEqualTo(100);
        }
    }

    @Test
    void a_server_that_stays_away_ends_the_load_with_advice() throws IOException {
        URI address = server.address();
        server.close();
        options.retrySeconds = 0;

        assertThatThrownBy(() ->
                        new Loading(address.toString(), () -> "token", options, terminal())
                                .retail(file(rows(5_000)), StandardCharsets.ISO_8859_1, 5_000))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("Load again when it is back");
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void a_batch_that_is_not_taken_ends_the_load_at_once() throws IOException {
        server.next(Mood.BAD_REQUEST);

        assertThatThrownBy(() -> retail(rows(5_000)))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("answered 400: no batch");
    }

    // S1-17
    @Test
    void broken_rows_are_reported_with_line_and_reason_and_stop_nobody() throws IOException {
        options.rejects = folder.resolve("rejects.csv");
        String rows =
                row(1, "6", "17850.0")
                        + "too,short\r\n"
                        + row(2, "many", "17850")
                        + row(3, "6", "");

        LoadReport report = retail(rows);

        assertThat(report.counts().accepted()).isEqualTo(2);
        assertThat(report.counts().brokenLines())
                .containsExactly(
                        new LoadReport.BrokenLine(3, "2 columns instead of 8"),
                        new LoadReport.BrokenLine(
                                4, "validation-failed: bad; /Quantity no number"));
        assertThat(Files.readAllLines(options.rejects))
                .hasSize(3)
                .first()
                .isEqualTo("line,reason,text");
        assertThat(report.text()).contains("2 columns instead of 8");
    }

    @Test
    void refusals_are_counted_by_their_rule() {
        Play play = new Play(1, 20, 600);
        List<Step> steps = new ArrayList<>();
        new Play(1, 20, 600).forEachRemaining(steps::add);
        long checkOuts = steps.stream().filter(s -> s.command() instanceof CheckOut).count();

        LoadReport report = loading().generated(play, 600);

        assertThat(report.counts().read()).isEqualTo(600);
        assertThat(report.counts().refusedByReason()).containsOnlyKeys("cart-empty");
        assertThat(report.counts().refused()).isEqualTo(checkOuts);
        assertThat(report.counts().accepted())
                .isEqualTo(600 - checkOuts)
                .isEqualTo(server.events());
        assertThat(report.counts().broken()).isZero();
    }

    @Test
    void shoppers_who_visit_click_around_their_commands() {
        LoadReport report = loading().visited(new Play(1, 20, 600), 600);

        assertThat(report.counts().read()).isEqualTo(600);
        assertThat(report.clicks()).isEqualTo(server.clicks().size()).isGreaterThan(600);
        assertThat(report.text()).contains("clicks beside them");
        assertThat(loading().generated(new Play(1, 20, 600), 600).clicks()).isNull();
    }

    @Test
    void a_missing_file_is_a_sentence() {
        assertThatThrownBy(() ->
                        loading()
                                .retail(folder.resolve("none.csv"), StandardCharsets.ISO_8859_1, 1))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageStartingWith("there is no file");
    }

    private LoadReport retail(String rows) throws IOException {
        return loading().retail(file(rows), StandardCharsets.ISO_8859_1, Long.MAX_VALUE);
    }

    private Loading loading() {
        return new Loading(server.address().toString(), () -> "token", options, terminal());
    }

    private Terminal terminal() {
        return new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err), false);
    }

    private Path file(String rows) throws IOException {
        return Files.writeString(
                folder.resolve("data.csv"), HEADER + rows, StandardCharsets.ISO_8859_1);
    }

    /// Rows of seven customers in turn.
    private static String rows(int count) {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < count; i++) {
            rows.append(row(i, "6", "" + i % 7));
        }
        return rows.toString();
    }

    private static String row(int number, String quantity, String customer) {
        return "%d,85123A,\"HEART, WHITE\",%s,12/1/2010 8:26,2.55,%s,United Kingdom\r\n"
                .formatted(number, quantity, customer);
    }

    private List<String> keysOf(int customer, int count) throws IOException {
        List<String> keys = new ArrayList<>();
        RowKeys rowKeys = new RowKeys();
        try (RetailFile file = RetailFile.open(file(rows(count)), StandardCharsets.ISO_8859_1)) {
            for (FileLine line = file.next(); line != null; line = file.next()) {
                RetailRow row = ((FileLine.Row) line).row();
                String key = rowKeys.next(row).value();
                if (row.account().equals("" + customer)) {
                    keys.add(key);
                }
            }
        }
        return keys;
    }
}
