package io.cartlog.sink.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboxTest {
    private final Outbox outbox = new Outbox();

    @Test
    void a_request_has_one_parcel_of_an_account_with_its_lines_in_order() {
        add("a", "1");
        add("b", "1");
        add("a", "2");

        assertThat(outbox.next()).extracting(OutboxTest::text).containsExactly("a:1\n2\n", "b:1\n");
    }

    @Test
    void what_is_not_delivered_comes_again_before_what_follows() {
        add("a", "1");
        List<Outbox.Parcel> lost = outbox.next();
        add("a", "2");

        assertThat(lost).hasSize(1);
        assertThat(outbox.next()).extracting(OutboxTest::text).containsExactly("a:1\n2\n");
    }

    @Test
    void a_request_is_no_larger_than_a_stream_takes() {
        for (int account = 0; account < 600; account++) {
            add("a" + account, "x".repeat(10_000));
        }
        List<Outbox.Parcel> byBytes = outbox.next();
        Outbox small = new Outbox();
        for (int account = 0; account < 600; account++) {
            small.add("a" + account, new byte[1]);
        }

        assertThat(byBytes.stream().mapToInt(parcel -> parcel.data().length).sum())
                .isBetween(4_000_000, 4 << 20);
        assertThat(small.next()).hasSize(500);
    }

    @Test
    void a_line_that_is_longer_than_a_parcel_goes_alone() {
        add("a", "1");
        add("a", "x".repeat(300_000));
        add("a", "3");

        List<Integer> lines = new ArrayList<>();
        while (!outbox.isEmpty()) {
            Outbox.Parcel parcel = outbox.next().getFirst();
            lines.add(parcel.lines());
            outbox.delivered(parcel);
        }

        assertThat(lines).containsExactly(1, 1, 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void an_accounts_lines_arrive_once_and_in_order_whichever_records_fail(long seed) {
        Random random = new Random(seed);
        Map<String, StringBuilder> sent = new HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            String account = "a" + random.nextInt(17);
            add(account, "line " + i);
            sent.computeIfAbsent(account, _ -> new StringBuilder()).append("line ").append(i);
            sent.get(account).append('\n');
        }
        Map<String, StringBuilder> arrived = new HashMap<>();
        while (!outbox.isEmpty()) {
            for (Outbox.Parcel parcel : outbox.next()) {
                if (random.nextInt(3) == 0) {
                    arrived.computeIfAbsent(parcel.account(), _ -> new StringBuilder())
                            .append(new String(parcel.data(), UTF_8));
                    outbox.delivered(parcel);
                }
            }
        }

        assertThat(texts(arrived)).isEqualTo(texts(sent));
    }

    private static Map<String, String> texts(Map<String, StringBuilder> lines) {
        Map<String, String> texts = new HashMap<>();
        lines.forEach((account, text) -> texts.put(account, text.toString()));
        return texts;
    }

    private void add(String account, String line) {
        outbox.add(account, (line + "\n").getBytes(UTF_8));
    }

    private static String text(Outbox.Parcel parcel) {
        return parcel.account() + ":" + new String(parcel.data(), UTF_8);
    }
}
