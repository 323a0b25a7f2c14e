package io.cartlog.commands.intake;

import io.cartlog.service.problem.TraceId;
import io.cartlog.service.tracing.Step;
import io.cartlog.service.tracing.TraceParent;
import io.cartlog.service.tracing.Tracing;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/// Every answer says by which id its request is found, in the logs and, if it is a command that is
/// followed, among the traces.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class TraceIds extends OncePerRequestFilter {
    private static final String PLACE = TraceIds.class.getName();
    private static final Set<String> COMMANDS = Set.of("POST", "PUT", "PATCH", "DELETE");

    private final Tracing tracing;

    TraceIds(Tracing tracing) {
        this.tracing = tracing;
    }

    /// Where the request stands in its trace, as the header of its commands.
    ///
    /// @return null if it is not followed
    static byte @Nullable [] header(HttpServletRequest request) {
        return request.getAttribute(PLACE) instanceof TraceParent place ? place.toBytes() : null;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Step step = tracing.isOn() ? step(request) : null;
        String id = TraceId.of(request);
        response.setHeader(TraceId.HEADER, id);
        try (var _ = MDC.putCloseable(Tracing.LOG_KEY, id)) {
            chain.doFilter(request, response);
        } catch (IOException | ServletException | RuntimeException e) {
            if (step != null) {
                step.failed(e.getClass().getName());
            }
            throw e;
        } finally {
            if (step != null) {
                end(step, request, response);
            }
        }
    }

    private @Nullable Step step(HttpServletRequest request) {
        String method = request.getMethod();
        Step step =
                COMMANDS.contains(method)
                        ? tracing.request(request.getHeader(TraceParent.HEADER), method)
                        : null;
        if (step != null) {
            request.setAttribute(PLACE, step.place());
            TraceId.is(request, step.place().traceId());
        }
        return step;
    }

    /// The path itself names an account.
    private static void end(Step step, HttpServletRequest request, HttpServletResponse response) {
        step.put("url.scheme", request.getScheme());
        step.put("http.response.status_code", response.getStatus());
        if (request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)
                instanceof String route) {
            step.rename(request.getMethod() + " " + route);
            step.put("http.route", route).put("url.path", route);
        }
        if (response.getStatus() >= 500) {
            step.failed(Integer.toString(response.getStatus()));
        }
        step.close();
    }
}
