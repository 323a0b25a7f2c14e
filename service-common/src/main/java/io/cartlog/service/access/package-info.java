/// Who may call a service: bearer tokens are verified here, and each service says by a list of
/// [io.cartlog.service.access.AccessRule] who may use which of its addresses. Knows HTTP and
/// tokens, and nothing of carts.
@NullMarked
package io.cartlog.service.access;

import org.jspecify.annotations.NullMarked;
