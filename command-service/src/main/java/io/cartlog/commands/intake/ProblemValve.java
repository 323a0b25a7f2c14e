package io.cartlog.commands.intake;

import java.io.IOException;
import java.io.Writer;
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
                        ? new Problem(status, "bad-request", "the request is malformed")
                        : new Problem(status, "internal-error", "something is broken here");
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setCharacterEncoding("utf-8");
            Writer out = response.getReporter();
            if (out != null) {
                out.write(JsonFields.MAPPER.writeValueAsString(problem.members()));
                response.finishResponse();
            }
        } catch (IOException e) {
            LOG.debug("the client has gone", e);
        }
    }
}
