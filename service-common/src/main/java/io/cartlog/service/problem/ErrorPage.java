package io.cartlog.service.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// What is said of a request that the server has refused while a handler was at work on it, such as
/// one whose body breaks off.
@RestController
public final class ErrorPage implements ErrorController {
    private static final String SAID = ErrorPage.class.getName();

    /// For handlers that know better than the server what is wrong.
    public static void willSay(HttpServletRequest request, Problem problem) {
        request.setAttribute(SAID, problem);
    }

    @RequestMapping("/error")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Problem problem =
                request.getAttribute(SAID) instanceof Problem said
                        ? said
                        : Problem.of(
                                request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE)
                                                instanceof Integer status
                                        ? status
                                        : HttpServletResponse.SC_NOT_FOUND);
        problem.answer(request, response);
    }
}
