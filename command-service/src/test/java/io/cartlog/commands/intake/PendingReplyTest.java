package io.cartlog.commands.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.commands.problem.ProblemCode;
import io.cartlog.schemas.reply.CartReply.CartEmpty;
import io.cartlog.schemas.reply.ReplyEnvelope;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CommandId;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PendingReplyTest {
    private static final ReplyEnvelope REPLY =
            new ReplyEnvelope(new CommandId("k"), new AccountId("a"), 3, false, new CartEmpty());
    private static final Duration LONG = Duration.ofMinutes(1);

    private final AtomicInteger forgotten = new AtomicInteger();
    private final PendingReply pending = new PendingReply(forgotten::incrementAndGet);

    @Test
    void a_reply_that_has_come_is_given() {
        pending.arrived(Topics.REPLIES.values().toBytes(REPLY));
        assertThat(pending.await(new Patience(LONG))).isEqualTo(REPLY);
        assertThat(forgotten).hasValue(1);
    }

    @Test
    void a_reply_that_has_come_is_given_even_when_patience_is_gone() {
        pending.arrived(Topics.REPLIES.values().toBytes(REPLY));
        assertThat(pending.await(new Patience(Duration.ZERO))).isEqualTo(REPLY);
    }

    @Test
    void without_a_reply_in_time_the_client_may_send_again() {
        assertThatThrownBy(() -> pending.await(new Patience(Duration.ZERO)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> {
                            assertThat(e.problem().status()).isEqualTo(504);
                            assertThat(e.problem().code()).isEqualTo(ProblemCode.TIMED_OUT);
                            assertThat(e.problem().detail()).contains("same idempotency key");
                        });
        assertThat(forgotten).hasValue(1);
    }

    @Test
    void a_command_that_could_not_be_sent_is_answered_at_once() {
        pending.notSent(new IOException());
        assertThatThrownBy(() -> pending.await(new Patience(LONG)))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void who_does_not_wait_is_told_once_the_command_is_in_the_log() {
        pending.written();
        assertThat(pending.within(Duration.ZERO, new Patience(LONG))).isNull();
        assertThat(forgotten).hasValue(1);
    }

    @Test
    void who_waits_gets_the_reply() {
        pending.arrived(Topics.REPLIES.values().toBytes(REPLY));
        assertThat(pending.within(LONG, new Patience(LONG))).isEqualTo(REPLY);
    }

    @Test
    void a_command_that_may_not_be_in_the_log_is_not_promised() {
        assertThatThrownBy(() -> pending.within(Duration.ZERO, new Patience(Duration.ZERO)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.LOG_UNAVAILABLE));
        pending.notSent(new IOException());
        assertThatThrownBy(() -> pending.within(LONG, new Patience(LONG)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.LOG_UNAVAILABLE));
    }

    @Test
    void patience_that_has_run_out_is_not_renewed() {
        Patience patience = new Patience(Duration.ZERO);
        patience.renew();
        assertThat(patience.leftNanos()).isZero();
    }
}
