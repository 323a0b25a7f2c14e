package io.cartlog.projection.rebuild;

import io.cartlog.projection.rebuild.ViewStatus.Beside;
import io.cartlog.projection.view.Handover;
import io.cartlog.projection.view.LogExtent;
import io.cartlog.projection.view.Position;
import io.cartlog.projection.view.ViewRefusal;
import io.cartlog.projection.view.ViewRefusedException;
import io.cartlog.projection.view.ViewState;
import io.cartlog.projection.view.ViewState.Order;
import io.cartlog.projection.view.ViewState.Promotion;
import io.cartlog.projection.view.ViewTables;
import io.cartlog.projection.view.ViewVersions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/// The versions of a view, for operators. Every change answers with the status that it leaves.
@RestController
@RequestMapping("/internal/views/{view}")
class ViewsEndpoint {
    private final Steward steward;
    private final ViewVersions versions;
    private final ViewTables tables;
    private final Handover handover;
    private final LogExtent log;
    private final RebuildSettings settings;

    ViewsEndpoint(
            Steward steward,
            ViewVersions versions,
            ViewTables tables,
            Handover handover,
            LogExtent log,
            RebuildSettings settings) {
        this.steward = steward;
        this.versions = versions;
        this.tables = tables;
        this.handover = handover;
        this.log = log;
        this.settings = settings;
    }

    @GetMapping
    ViewStatus status(@PathVariable String view) throws InterruptedException {
        check(view);
        return status(versions.look());
    }

    /// Orders a new version, which is filled from the beginning of the log.
    ///
    /// @param budget writes a second at most; 0 for as many as the store takes
    @PostMapping("/rebuild")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ViewStatus rebuild(
            @PathVariable String view,
            @RequestParam(defaultValue = "auto") String promote,
            @RequestParam(required = false) @Nullable Long maxChange,
            @RequestParam(defaultValue = "0") int budget)
            throws InterruptedException {
        check(view);
        return status(steward.rebuild(order(promote, maxChange, budget)));
    }

    private static Order order(String promote, @Nullable Long maxChange, int budget) {
        try {
            return new Order(
                    Promotion.valueOf(promote.toUpperCase(Locale.ROOT)), maxChange, budget);
        } catch (IllegalArgumentException e) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, e.getMessage(), e);
        }
    }

    /// Waits a while for the version to be level.
    @PostMapping("/promote")
    ViewStatus promote(
            @PathVariable String view, @RequestParam(required = false) @Nullable Long maxChange)
            throws InterruptedException {
        check(view);
        return status(steward.promote(maxChange));
    }

    @PostMapping("/rollback")
    ViewStatus rollback(@PathVariable String view) throws InterruptedException {
        check(view);
        return status(steward.rollback());
    }

    /// Gives up the version beside the live one.
    @PostMapping("/drop")
    ViewStatus drop(@PathVariable String view) throws InterruptedException {
        check(view);
        return status(steward.drop());
    }

    private void check(String view) {
        if (!view.equals(tables.view())) {
            throw new ViewRefusedException(new ViewRefusal.ViewNotFound(view));
        }
    }

    private ViewStatus status(ViewState state) throws InterruptedException {
        return ViewStatus.of(
                tables.view(),
                tables::name,
                state,
                settings.keepPrevious(),
                state.beside().isPresent() ? beside(state) : null);
    }

    private Beside beside(ViewState state) throws InterruptedException {
        int version = state.beside().orElseThrow();
        Set<Integer> behind = steward.notLevel(state);
        Map<Integer, Long> positions = new HashMap<>();
        for (Position position : tables.positions(version)) {
            positions.put(position.partition(), position.offset());
        }
        List<ViewStatus.Partition> partitions = new ArrayList<>();
        new TreeMap<>(log.ends())
                .forEach((partition, end) ->
                        partitions.add(
                                new ViewStatus.Partition(
                                        partition,
                                        positions.getOrDefault(partition, 0L),
                                        end,
                                        !behind.contains(partition))));
        return Beside.of(partitions, steward.progress(version), handover.failure(version));
    }
}
