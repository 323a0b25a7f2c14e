package io.cartlog.sink;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// Start of the process.
@SpringBootApplication
public class AnalyticsSinkApplication {
    public static void main(String[] args) {
        SpringApplication.run(AnalyticsSinkApplication.class, args);
    }
}
