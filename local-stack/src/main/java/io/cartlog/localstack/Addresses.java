package io.cartlog.localstack;

import java.net.URI;

/// Where the servers are and what they ask for. Addresses of servers that were not started are here
/// too, but nobody answers there.
///
/// @param kafka bootstrap servers
/// @param jdbcUrl of the database that holds the Iceberg catalog (schema `catalog`) and the
///   warehouse (`warehouse`, `marts`), without credentials
/// @param accessKey of DynamoDB and S3
/// @param bucket exists
public record Addresses(
        String kafka,
        URI dynamodb,
        URI s3,
        String jdbcUrl,
        String jdbcUser,
        String jdbcPassword,
        String accessKey,
        String secretKey,
        String region,
        String bucket) {

    static Addresses of(Ports ports) {
        return new Addresses(
                "127.0.0.1:" + ports.kafka(),
                URI.create("http://127.0.0.1:" + ports.dynamodb()),
                URI.create("http://127.0.0.1:" + ports.s3()),
                "jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/cartlog",
                "cartlog",
                "cartlog",
                "local",
                "localsecret",
                "us-east-1",
                "cartlog");
    }
}
