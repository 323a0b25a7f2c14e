package io.cartlog.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStackIT {
    @Test
    void starts_twice_on_one_folder(@TempDir Path data) throws Exception {
        for (int i = 0; i < 2; i++) {
            try (LocalStack stack = LocalStack.inFolder(data)) {
                Addresses at = stack.addresses();
                try (var connection =
                        DriverManager.getConnection(
                                at.jdbcUrl(), at.jdbcUser(), at.jdbcPassword())) {
                    assertThat(connection.isValid(1)).isTrue();
                }
            }
        }
    }
}
