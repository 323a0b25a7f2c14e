package io.cartlog.commands.cart;

import io.cartlog.schemas.event.CartEvent;
import io.cartlog.schemas.reply.CartReply.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What comes of a command.
public sealed interface Decision {

    /// It happens.
    ///
    /// @param events in order; none if all is as it was wished already
    /// @param followUps what other accounts have to be told
    /// @param undo how to undo it, if it can be
    record Accepted(List<CartEvent> events, List<FollowUp> followUps, @Nullable Undo undo)
            implements Decision {
        public Accepted {
            events = List.copyOf(events);
            followUps = List.copyOf(followUps);
        }

        public Accepted(List<CartEvent> events) {
            this(events, List.of(), null);
        }
    }

    /// It depends on another account, which is asked. The decision comes with its message.
    record Asked(FollowUp question) implements Decision {}

    /// A rule says no; nothing changes.
    ///
    /// @param followUps what other accounts have to be told
    record Refused(Refusal refusal, List<FollowUp> followUps) implements Decision {
        public Refused {
            followUps = List.copyOf(followUps);
        }

        public Refused(Refusal refusal) {
            this(refusal, List.of());
        }
    }

    /// It has a value that no client can send, such as a quantity of zero. Nothing changes, and
    /// nobody is answered: it did not come through the front door.
    record Malformed(String reason) implements Decision {}
}
