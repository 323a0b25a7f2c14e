/// The local stack's authorization server: gives tokens to three demo clients. In production any
/// other server that signs access tokens (RFC 9068) with these claims takes its place.
@NullMarked
package io.cartlog.authorization;

import org.jspecify.annotations.NullMarked;
