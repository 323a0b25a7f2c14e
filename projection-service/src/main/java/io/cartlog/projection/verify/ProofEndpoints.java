package io.cartlog.projection.verify;

import io.cartlog.projection.view.Parking;
import io.cartlog.projection.view.TableLayout;
import io.cartlog.projection.view.ViewRefusal;
import io.cartlog.projection.view.ViewRefusedException;
import io.cartlog.projection.view.ViewState;
import io.cartlog.projection.view.ViewTables;
import io.cartlog.projection.view.ViewVersions;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.json.JsonMapper;

/// Proofs on demand; see [ReportLines] for how they are answered. One at a time; a second waits.
@RestController
class ProofEndpoints {
    private final LogReader log;
    private final TableLayout layout;
    private final ViewTables tables;
    private final ViewVersions versions;
    private final Parking parking;
    private final VersionDiff diff;
    private final JsonMapper json;
    private final ReentrantLock turn = new ReentrantLock();

    ProofEndpoints(
            LogReader log,
            TableLayout layout,
            ViewTables tables,
            ViewVersions versions,
            Parking parking,
            VersionDiff diff,
            JsonMapper json) {
        this.log = log;
        this.layout = layout;
        this.tables = tables;
        this.versions = versions;
        this.parking = parking;
        this.diff = diff;
        this.json = json;
    }

    /// The live version against the log.
    @PostMapping("/internal/reconcile")
    void reconcile(HttpServletResponse response) throws IOException, InterruptedException {
        answer(
                response,
                progress -> reconciliation(versions.look().live(), Scope.WHOLE).run(progress));
    }

    /// A version against the log, whole or in part.
    ///
    /// @param version the live one if it is left out
    /// @param account the only one that is looked at
    /// @param sample percent of the accounts
    @PostMapping("/internal/views/{view}/verify")
    void verify(
            @PathVariable String view,
            @RequestParam(required = false) @Nullable Integer version,
            @RequestParam(required = false) @Nullable String account,
            @RequestParam(defaultValue = "100") double sample,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        check(view);
        ViewState state = versions.look();
        int wanted = version == null ? state.live() : version;
        if (wanted != state.live() && wanted != state.beside().orElse(0)) {
            throw new ViewRefusedException(
                    new ViewRefusal.NoOtherVersion("there is no version " + wanted));
        }
        Scope scope = scope(account, sample);
        answer(response, progress -> reconciliation(wanted, scope).run(progress));
    }

    /// What a promotion, or a rollback, would change.
    @PostMapping("/internal/views/{view}/diff")
    void diff(@PathVariable String view, HttpServletResponse response)
            throws IOException, InterruptedException {
        check(view);
        ViewState state = versions.look();
        int other =
                state.beside()
                        .orElseThrow(() ->
                                new ViewRefusedException(
                                        new ViewRefusal.NoOtherVersion(
                                                "no version stands beside the live one")));
        answer(response, progress -> diff.between(state.live(), other, progress));
    }

    private static Scope scope(@Nullable String account, double sample) {
        try {
            return new Scope(account, sample);
        } catch (IllegalArgumentException e) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, e.getMessage(), e);
        }
    }

    private void check(String view) {
        if (!view.equals(tables.view())) {
            throw new ViewRefusedException(new ViewRefusal.ViewNotFound(view));
        }
    }

    private Reconciliation reconciliation(int version, Scope scope) throws InterruptedException {
        parking.look();
        return new Reconciliation(
                log,
                tables.scan(version),
                layout,
                new CatchUp(tables, version),
                scope,
                parking.skips());
    }

    private void answer(HttpServletResponse response, ReportLines.Work work)
            throws IOException, InterruptedException {
        ReportLines.answer(
                response,
                json,
                progress -> {
                    turn.lockInterruptibly();
                    try {
                        return work.report(progress);
                    } finally {
                        turn.unlock();
                    }
                });
    }
}
