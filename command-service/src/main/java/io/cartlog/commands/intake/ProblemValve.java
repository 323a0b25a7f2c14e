package io.cartlog.commands.intake;

import io.cartlog.commands.problem.ProblemCode;
import io.cartlog.service.problem.TraceId;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import org.apache.catalina.Pipeline;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;

/// Answers with a problem what Tomcat refuses before anybody else sees it, such as an address that
/// is none.
public final class ProblemValve extends ErrorReportValve {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemValve.class);

    /// Makes this the only one that reports errors of the host.
    public static void replaceOthersOf(Pipeline host) {
        for (Valve valve : host.getValves()) {
            if (valve instanceof ErrorReportValve) {
                host.removeValve(valve);
            }
        }
        host.addValve(new ProblemValve());
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable error) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        Problem problem =
                status < 500
                        ? problem(status, ProblemCode.BAD_REQUEST, "the request is malformed")
                        : problem(status, ProblemCode.INTERNAL_ERROR, "something is broken here");
        String traceId = TraceId.of(request);
        response.setHeader(TraceId.HEADER, traceId);
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setCharacterEncoding("utf-8");
            Writer out = response.getReporter();
            if (out != null) {
                out.write(JsonFields.MAPPER.writeValueAsString(problem.members(traceId)));
                response.finishResponse();
            }
        } catch (IOException e) {
            LOG.debug("the client has gone", e);
        }
    }

    private static Problem problem(int status, ProblemCode code, String detail) {
        return new Problem(status, code, detail, Map.of());
    }
}
