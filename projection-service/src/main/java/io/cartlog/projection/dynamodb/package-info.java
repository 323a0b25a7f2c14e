/// The table in DynamoDB: its creation, the guarded writes, the reads. The only user of the AWS
/// SDK; knows the views, and nothing of where events come from.
@NullMarked
package io.cartlog.projection.dynamodb;

import org.jspecify.annotations.NullMarked;
