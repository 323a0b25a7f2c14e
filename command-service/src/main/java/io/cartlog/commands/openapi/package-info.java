/// The public API, described: one OpenAPI document for commands and reads, and a page to read it
/// and to try it out. Knows the words of the shop, the limits and the names of problems; handlers
/// are compared with it by tests.
@NullMarked
package io.cartlog.commands.openapi;

import org.jspecify.annotations.NullMarked;
