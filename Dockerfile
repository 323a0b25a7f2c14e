# One service: docker build --build-arg MODULE=command-service -t cartlog/command-service .
# MODULE is one of authorization-server, command-service, projection-service, analytics-sink.
# The jar is built before: ./mvnw -Dquick package
FROM eclipse-temurin:25-jre AS layers
ARG MODULE
WORKDIR /layers
COPY ${MODULE}/target/${MODULE}-*-exec.jar app.jar
RUN java -Djarmode=tools -jar app.jar extract --layers --destination unpacked

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/cartlog cartlog
WORKDIR /app
COPY --from=layers /layers/unpacked/dependencies/ ./
COPY --from=layers /layers/unpacked/spring-boot-loader/ ./
COPY --from=layers /layers/unpacked/snapshot-dependencies/ ./
COPY --from=layers /layers/unpacked/application/ ./
USER cartlog
VOLUME /var/lib/cartlog
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", "app.jar"]
