package io.cartlog.projection.query;

import io.cartlog.service.problem.TraceId;
import io.cartlog.service.tracing.Tracing;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Puts the request's trace id into the answer's header, into problems, and into every line that is
/// logged meanwhile.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class Trace extends OncePerRequestFilter {
    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String id = TraceId.of(request);
        response.setHeader(TraceId.HEADER, id);
        try (var _ = MDC.putCloseable(Tracing.LOG_KEY, id)) {
            chain.doFilter(request, response);
        }
    }

    /// Of the request that this thread is at work on.
    static String id() {
        return Objects.requireNonNullElse(MDC.get(Tracing.LOG_KEY), "");
    }
}
