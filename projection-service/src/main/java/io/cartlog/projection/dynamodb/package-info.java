/// The table in DynamoDB: its creation, the guarded writes, the reads. The only user of the AWS
/// SDK; knows the views, and nothing of where events come from.
///
/// What it guarantees: an account's view is always an exact prefix of the account's history. All
/// that a fold changes is one transaction, on condition that the head still has the version before.
/// Only a change of more than 100 actions takes several steps (see `AccountWrite`), each of which
/// may be repeated; between them a plain DynamoDB query sees lines of an order that is not there
/// yet, or of a cart that is no more. Whoever minds the head's two versions
/// ([io.cartlog.projection.view.Head#shows]) never does. The indexes follow the table with a delay,
/// as everywhere in DynamoDB.
@NullMarked
package io.cartlog.projection.dynamodb;

import org.jspecify.annotations.NullMarked;
