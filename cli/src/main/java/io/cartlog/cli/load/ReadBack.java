package io.cartlog.cli.load;

import io.cartlog.cli.retail.FileLine;
import io.cartlog.cli.retail.RetailFile;
import io.cartlog.cli.retail.RetailRow;
import io.cartlog.cli.service.Service;
import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.terminal.Gauge;
import io.cartlog.cli.terminal.Terminal;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// A retail file beside what shoppers and staff are shown of it: every invoice line by line, and
/// the invoices of every account (S1-05 to S1-08).
final class ReadBack {
    private static final DateTimeFormatter TILL_TIME =
            DateTimeFormatter.ofPattern("M/d/uuuu H:mm", Locale.ROOT);
    private static final int READERS = 4;
    private static final int NAMED = 20;
    private static final int PAGE = 100;

    private final Map<String, Map<String, List<String>>> invoices = new LinkedHashMap<>();
    private final Map<String, Map<String, Sum>> accounts = new TreeMap<>();
    private final List<String> differences = new ArrayList<>();
    private long lines;
    private long different;

    private ReadBack() {}

    /// What was compared.
    ///
    /// @param lines of all invoices
    /// @param accounts customers, and the guests of invoices without one
    /// @param different invoices and accounts that are not as in the file
    /// @param differences the first 20 of them
    record Report(
            long invoices, long lines, long accounts, long different, List<String> differences) {
        boolean equal() {
            return different == 0;
        }

        String text() {
            String compared =
                    "%,d invoices with %,d lines and %,d accounts' lists of them read back: %,d different"
                            .formatted(invoices, lines, accounts, different);
            return Stream.concat(Stream.of(compared), differences.stream())
                    .reduce((a, b) -> a + "\n  " + b)
                    .orElseThrow();
        }
    }

    /// An invoice in an account's list.
    private record Sum(int count, BigDecimal total) {
        Sum plus(Sum other) {
            return new Sum(count + other.count, total.add(other.total));
        }

        static Sum of(int count, BigDecimal total) {
            return new Sum(count, plain(total));
        }
    }

    /// @param door who answers reads
    /// @param limit how many rows of the file were loaded
    /// @param left numbers of lines that are in no view
    /// @throws CommandFailedException if the file cannot be read or the service does not answer
    static Report compare(
            Path path,
            Charset charset,
            long limit,
            Set<Long> left,
            Service door,
            Terminal terminal) {
        ReadBack file = new ReadBack();
        try (RetailFile rows = RetailFile.open(path, charset)) {
            file.read(rows, limit, left);
        } catch (IOException e) {
            throw new CommandFailedException(path + " cannot be read: " + e.getMessage(), e);
        }
        file.compareInvoices(door, terminal);
        file.compareAccounts(door, terminal);
        return new Report(
                file.invoices.size(),
                file.lines,
                file.accounts.size(),
                file.different,
                file.differences);
    }

    private void read(RetailFile rows, long limit, Set<Long> left) throws IOException {
        for (long i = 0; i < limit; i++) {
            FileLine line = rows.next();
            if (line == null) {
                return;
            }
            if (line instanceof FileLine.Row row && !left.contains(row.number())) {
                add(row.row());
            }
        }
    }

    private void add(RetailRow row) {
        String invoice = row.invoiceNo().strip();
        BigDecimal price = new BigDecimal(row.unitPrice().strip());
        String text =
                text(
                        row.stockCode().strip(),
                        row.quantity().strip(),
                        price,
                        row.description(),
                        row.country(),
                        LocalDateTime.parse(row.invoiceDate(), TILL_TIME).toInstant(ZoneOffset.UTC),
                        row.kind().name());
        invoices.computeIfAbsent(invoice, _ -> new TreeMap<>())
                .computeIfAbsent(row.account(), _ -> new ArrayList<>(4))
                .add(text);
        BigDecimal amount = price.multiply(new BigDecimal(row.quantity().strip()));
        accounts.computeIfAbsent(row.account(), _ -> new HashMap<>())
                .merge(invoice, Sum.of(1, amount), Sum::plus);
        lines++;
    }

    /// A line as both sides have it. What is blank in the file is absent in the views.
    private static String text(
            String sku,
            String quantity,
            BigDecimal price,
            String description,
            String country,
            Instant time,
            String kind) {
        return String.join(
                "|",
                sku,
                quantity,
                plain(price).toPlainString(),
                description.isBlank() ? "" : description,
                country.isBlank() ? "" : country,
                time.toString(),
                kind);
    }

    private static BigDecimal plain(BigDecimal number) {
        return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }

    private void compareInvoices(Service door, Terminal terminal) {
        forAll(
                invoices.keySet(),
                "invoices",
                terminal,
                invoice -> {
                    JsonNode answer = door.get("/v1/invoices/" + encoded(invoice));
                    differ(
                            "invoice " + invoice,
                            invoices.getOrDefault(invoice, Map.of()),
                            shown(answer));
                });
    }

    private static Map<String, List<String>> shown(JsonNode answer) {
        Map<String, List<String>> shown = new TreeMap<>();
        for (JsonNode line : answer.path("lines")) {
            String text =
                    text(
                            line.path("productId").asString(""),
                            Integer.toString(line.path("quantity").asInt()),
                            new BigDecimal(line.path("price").asString("0")),
                            line.path("description").asString(""),
                            line.path("country").asString(""),
                            Instant.parse(line.path("createTimestamp").asString()),
                            line.path("kind").asString(""));
            shown.computeIfAbsent(line.path("accountId").asString(""), _ -> new ArrayList<>())
                    .add(text);
        }
        return shown;
    }

    private void compareAccounts(Service door, Terminal terminal) {
        forAll(
                accounts.keySet(),
                "accounts",
                terminal,
                account -> differ("account " + account, sums(account), orders(door, account)));
    }

    private Map<String, Sum> sums(String account) {
        Map<String, Sum> sums = new TreeMap<>();
        accounts.getOrDefault(account, Map.of())
                .forEach((invoice, sum) -> sums.put(invoice, Sum.of(sum.count(), sum.total())));
        return sums;
    }

    private static Map<String, Sum> orders(Service door, String account) {
        Map<String, Sum> orders = new TreeMap<>();
        String path = "/v1/accounts/%s/orders?limit=%d".formatted(encoded(account), PAGE);
        JsonNode page = door.get(path);
        while (true) {
            StreamSupport.stream(page.path("items").spliterator(), false)
                    .forEach(order ->
                            orders.put(
                                    order.path("orderId").asString(""),
                                    Sum.of(
                                            order.path("count").asInt(),
                                            new BigDecimal(order.path("total").asString("0")))));
            if (page.path("nextCursor").isNull() || page.path("nextCursor").isMissingNode()) {
                return orders;
            }
            page = door.get(path + "&cursor=" + encoded(page.path("nextCursor").asString()));
        }
    }

    private synchronized void differ(String what, Object expected, Object found) {
        if (expected.equals(found)) {
            return;
        }
        different++;
        if (differences.size() < NAMED) {
            differences.add("%s: in the file %s, shown %s".formatted(what, expected, found));
        }
    }

    private static void forAll(
            Set<String> names, String unit, Terminal terminal, Consumer<String> compare) {
        try (Gauge gauge = terminal.gauge("read back", unit, names.size());
                ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
            List<Future<?>> all = new ArrayList<>();
            names.forEach(name -> all.add(threads.submit(() -> compare.accept(name))));
            for (int i = 0; i < all.size(); i++) {
                all.get(i).get();
                gauge.at(i + 1L);
            }
        } catch (ExecutionException e) {
            throw new CommandFailedException("cannot read back: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
