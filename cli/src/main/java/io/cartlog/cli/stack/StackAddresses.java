package io.cartlog.cli.stack;

/// Where the parts of a stack are, from its first port, and the credentials of the local stack.
record StackAddresses(int firstPort) {
    static final String ACCESS_KEY = "local";
    static final String SECRET_KEY = "localsecret";
    static final String REGION = "us-east-1";
    static final String BUCKET = "cartlog";
    static final String DATABASE_USER = "cartlog";
    static final String DATABASE_PASSWORD = "cartlog";

    String http(StackProcess service) {
        return http(service.port(firstPort));
    }

    /// As tokens name it; the services fetch its keys from [#issuerKeys].
    String issuer() {
        return "http://localhost:" + StackProcess.AUTHORIZATION_SERVER.port(firstPort);
    }

    String issuerKeys() {
        return http(StackProcess.AUTHORIZATION_SERVER) + "/oauth2/jwks";
    }

    String tokenEndpoint() {
        return http(StackProcess.AUTHORIZATION_SERVER) + "/oauth2/token";
    }

    String kafka() {
        return "127.0.0.1:" + kafkaPort();
    }

    int kafkaPort() {
        return firstPort + 3;
    }

    int dynamodbPort() {
        return firstPort + 5;
    }

    int s3Port() {
        return firstPort + 6;
    }

    int postgresPort() {
        return firstPort + 7;
    }

    String dynamodb() {
        return http(dynamodbPort());
    }

    String s3() {
        return http(s3Port());
    }

    String lake() {
        return "s3://" + BUCKET + "/lake";
    }

    String database() {
        return "jdbc:postgresql://127.0.0.1:" + postgresPort() + "/cartlog";
    }

    String databaseWithCredentials() {
        return "%s?user=%s&password=%s".formatted(database(), DATABASE_USER, DATABASE_PASSWORD);
    }

    private static String http(int port) {
        return "http://127.0.0.1:" + port;
    }
}
