package io.cartlog.commands.cart;

import io.cartlog.schemas.event.CartEvent;
import io.cartlog.schemas.reply.CartReply.Refusal;
import java.util.List;

/// What comes of a command.
public sealed interface Decision {

    /// It happens.
    record Accepted(List<CartEvent> events) implements Decision {
        public Accepted {
            events = List.copyOf(events);
        }
    }

    /// A rule says no; nothing changes.
    record Refused(Refusal refusal) implements Decision {}

    /// It has a value that no client can send, such as a quantity of zero. Nothing changes, and
    /// nobody is answered: it did not come through the front door.
    record Malformed(String reason) implements Decision {}
}
