package io.cartlog.service.problem;

import org.apache.catalina.Lifecycle;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The server under a service that imports this: it takes ids with a slash in them, and what it
/// refuses by itself is a problem like all others.
@Configuration(proxyBeanMethods = false)
@Import(ErrorPage.class)
public class ServerConfiguration {
    /// A product id may have a slash, which comes as `%2F`.
    @Bean
    TomcatConnectorCustomizer slashesInIds() {
        return connector -> connector.setEncodedSolidusHandling("passthrough");
    }

    @Bean
    TomcatContextCustomizer problemsOnly() {
        return context ->
                context.addLifecycleListener(event -> {
                    if (Lifecycle.BEFORE_START_EVENT.equals(event.getType())) {
                        ProblemValve.replaceOthersOf(context.getParent().getPipeline());
                    }
                });
    }
}
