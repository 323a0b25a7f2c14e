package io.cartlog.cli.reconcile;

import io.cartlog.cli.terminal.TextTable;
import java.math.BigDecimal;

/// A reconciliation for a person.
public final class ReconciliationText {
    private static final int SHOWN = 100;

    private ReconciliationText() {}

    public static String of(Reconciliation r) {
        StringBuilder text = new StringBuilder(table(r).toString());
        r.notes().forEach(note -> text.append("\nnote: ").append(note));
        if (r.reconciled()) {
            return text.append("\n\nReconciled: log, views, lake and warehouse agree.").toString();
        }
        text.append("\n\nNot reconciled: ")
                .append(TextTable.shown(r.differenceCount()))
                .append(r.differenceCount() == 1 ? " difference.\n" : " differences.\n");
        return text.append(differences(r)).toString();
    }

    private static TextTable table(Reconciliation r) {
        return new TextTable("", "log", "views", "lake", "warehouse")
                .row("events", r.log().events(), "", r.lake().rows(), r.warehouse().rows())
                .row("  unreadable", r.log().unreadable(), "", "", "")
                .row("clicks", r.clicks().events(), "", "", r.clicks().rows())
                .row("  repeated", r.clicks().repeated(), "", "", "")
                .row("  unreadable", r.clicks().unreadable(), "", "", "")
                .row("accounts", "", r.views().accounts(), "", "")
                .row("items ACTIVE", "", items(r, "ACTIVE"), "", "")
                .row("items SAVED", "", items(r, "SAVED"), "", "")
                .row("items PURCHASED", "", items(r, "PURCHASED"), "", r.warehouse().orderLines())
                .row("orders", r.log().orders(), r.views().orders(), "", "")
                .row("files", "", "", r.lake().files(), "")
                .row(
                        "net amount",
                        amount(r.log().netAmount()),
                        "",
                        "",
                        amount(r.warehouse().netAmount()))
                .row(
                        "sales amount",
                        amount(r.log().salesAmount()),
                        "",
                        "",
                        amount(r.warehouse().salesAmount()))
                .row(
                        "digest of events",
                        r.log().digest(),
                        "",
                        r.lake().digest(),
                        r.warehouse().digest())
                .row("digest of items", "", r.views().digest(), "", "")
                .row(
                        "differences",
                        counted(r, "log"),
                        counted(r, "views"),
                        counted(r, "lake"),
                        counted(r, "warehouse") + counted(r, "clicks"));
    }

    private static long items(Reconciliation r, String status) {
        return r.views().items().getOrDefault(status, 0L);
    }

    private static long counted(Reconciliation r, String where) {
        return r.differences().stream().filter(d -> d.where().equals(where)).count();
    }

    private static String amount(String amount) {
        return "%,f".formatted(new BigDecimal(amount)).replaceFirst("\\.?0+$", "");
    }

    private static String differences(Reconciliation r) {
        TextTable table = new TextTable("where", "what", "problem", "expected", "found");
        r.differences().stream()
                .limit(SHOWN)
                .forEach(d ->
                        table.row(
                                d.where(),
                                d.what(),
                                d.problem(),
                                shown(d.expected()),
                                shown(d.found())));
        return table.toString();
    }

    private static String shown(@org.jspecify.annotations.Nullable String value) {
        return value == null ? "" : value;
    }
}
