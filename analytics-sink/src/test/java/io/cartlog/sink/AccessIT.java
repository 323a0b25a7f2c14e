package io.cartlog.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.service.access.SecurityMatrix;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/// Operators only.
@ExtendWith({Stack.class, OutputCaptureExtension.class})
class AccessIT {
    @Test
    void every_endpoint_is_for_whom_the_matrix_says(World world, CapturedOutput output)
            throws Exception {
        try (RunningService service = RunningService.in(world, Map.of())) {
            String table =
                    new SecurityMatrix(service.address(), service.tokens())
                            .table(SecurityMatrix.endpoints(service.context()));

            assertThat(table).isEqualTo(SecurityMatrix.documentedTable("analytics-sink", table));
            assertThat(service.text("/actuator/prometheus")).doesNotContain("eyJ");
            assertThat(output.getAll()).doesNotContain("eyJ");
        }
    }
}
