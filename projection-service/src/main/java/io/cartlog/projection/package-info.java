/// EVENT -> VIEW: reads the log, keeps the views of every account in DynamoDB, and answers queries.
/// Here: the start of the process and how its parts are put together.
@NullMarked
package io.cartlog.projection;

import org.jspecify.annotations.NullMarked;
