package io.cartlog.localstack;

/// A server of the local stack. Tests start only those that they talk to.
public enum Part {
    KAFKA,
    DYNAMODB,
    S3,
    POSTGRES
}
