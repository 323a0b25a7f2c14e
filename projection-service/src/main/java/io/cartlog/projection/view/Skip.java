package io.cartlog.projection.view;

import io.cartlog.schemas.value.AccountId;
import java.time.Instant;

/// Somebody's decision that an account goes on without a record that cannot be applied; the proof
/// of who made it, and part of what the views are made of ever after.
///
/// A record that cannot be read is left out. One that can, and lacks what should come before it, is
/// applied without that. Either way versions may be missing after the one that the view had
/// reached.
///
/// @param since the record's time in the log
/// @param reason why the record could not be applied
/// @param after version of the account that the view had reached
/// @param by who decided, as they said
/// @param why the decision, as they said
public record Skip(
        AccountId account,
        Place at,
        Instant since,
        String reason,
        long after,
        String by,
        Instant when,
        String why) {}
