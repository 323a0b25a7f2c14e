package io.cartlog.projection.dynamodb;

import io.cartlog.projection.view.Arrivals;
import io.cartlog.projection.view.Position;
import io.cartlog.projection.view.Skips;
import io.cartlog.projection.view.TableLayout;
import io.cartlog.projection.view.TableScan;
import io.cartlog.projection.view.ViewStore;
import io.cartlog.projection.view.ViewTables;
import io.cartlog.projection.view.Views;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/// The tables of the view, one for each version.
final class Tables implements ViewTables {
    private final DynamoDbClient client;
    private final String view;
    private final TableLayout layout;
    private final Patience patience;
    private final Crew crew;
    private final Crew bulkCrew;
    private final Arrivals arrivals;
    private final Supplier<Skips> skips;
    private final Map<Integer, WrittenHeads> written = new ConcurrentHashMap<>();

    /// @param crew of those writers that shoppers wait for
    /// @param bulkCrew of all other work
    Tables(
            DynamoDbClient client,
            String view,
            TableLayout layout,
            Patience patience,
            Crew crew,
            Crew bulkCrew,
            Arrivals arrivals,
            Supplier<Skips> skips) {
        this.client = client;
        this.view = view;
        this.layout = layout;
        this.patience = patience;
        this.crew = crew;
        this.bulkCrew = bulkCrew;
        this.arrivals = arrivals;
        this.skips = skips;
    }

    @Override
    public String view() {
        return view;
    }

    @Override
    public String name(int version) {
        return version == 1 ? view : view + "-v" + version;
    }

    @Override
    public void create(int version) throws InterruptedException {
        new TableBootstrap(client, name(version), layout).run();
    }

    @Override
    public void drop(int version) throws InterruptedException {
        written.remove(version);
        patience.untilDone(
                "deletion of a table",
                () -> {
                    try {
                        client.deleteTable(t -> t.tableName(name(version)));
                        return true;
                    } catch (ResourceNotFoundException _) {
                        return false;
                    }
                });
    }

    @Override
    public ViewStore live(int version) {
        return writer(version, crew, arrivals, new WriteBudget(0), false, written(version));
    }

    @Override
    public ViewStore beside(int version) {
        return writer(version, crew, new Arrivals(), new WriteBudget(0), false, written(version));
    }

    @Override
    public Bulk bulk(int version, int budget) {
        WriteBudget spent = new WriteBudget(budget);
        ViewStore writer =
                writer(version, bulkCrew, new Arrivals(), spent, true, new WrittenHeads());
        return new Bulk(writer, spent::spent);
    }

    private WrittenHeads written(int version) {
        return written.computeIfAbsent(version, _ -> new WrittenHeads());
    }

    private ViewStore writer(
            int version,
            Crew writers,
            Arrivals woken,
            WriteBudget budget,
            boolean presumesNothing,
            WrittenHeads written) {
        TableReads reads = reads(version);
        return new ViewWriter(
                new Transactions(client, name(version), layout, patience),
                reads,
                new Positions(client, name(version), reads),
                patience,
                writers,
                woken,
                budget,
                skips,
                presumesNothing,
                written);
    }

    private TableReads reads(int version) {
        return new TableReads(client, name(version), patience);
    }

    @Override
    public Views views(int version) {
        return new ViewReader(reads(version), name(version), layout, written(version));
    }

    @Override
    public TableScan scan(int version) {
        return new TableScanner(client, name(version), reads(version), bulkCrew);
    }

    @Override
    public List<Position> positions(int version) throws InterruptedException {
        Positions positions = new Positions(client, name(version), reads(version));
        return patience.untilDone(
                "positions",
                () -> {
                    try {
                        return positions.all();
                    } catch (ResourceNotFoundException _) {
                        return List.of();
                    }
                });
    }
}
