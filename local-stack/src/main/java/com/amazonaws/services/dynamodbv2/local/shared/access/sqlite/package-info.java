/// DynamoDB Local's storage, tuned. These classes stand in DynamoDB Local's own package because
/// they use what it keeps package-private: the jobs that run on the SQLite thread. Everything else
/// of the local stack stays in `io.cartlog.localstack`. Why they exist: docs/decisions/0020.
///
/// The package is shared with a jar, so `@NullMarked` stands on each class and not here.
package com.amazonaws.services.dynamodbv2.local.shared.access.sqlite;
