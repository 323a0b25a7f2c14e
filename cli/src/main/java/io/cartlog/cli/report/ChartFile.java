package io.cartlog.cli.report;

import io.cartlog.cli.report.Report.Drawing;
import io.cartlog.cli.terminal.CommandFailedException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.internal.chartpart.Chart;

/// A report's chart in a file; the name's end says in which format.
record ChartFile(Path path) {
    private static final String PNG = ".png";
    private static final String SVG = ".svg";

    static boolean isOne(Path path) {
        return ends(path, PNG) || ends(path, SVG);
    }

    private static boolean ends(Path path, String end) {
        return path.toString().toLowerCase(Locale.ROOT).endsWith(end);
    }

    /// @throws CommandFailedException if there is nothing to draw, or the file cannot be written
    void draw(Report report, String scope, ReportRows rows) {
        if (rows.size() == 0) {
            throw new CommandFailedException("there are no rows to draw");
        }
        // No window is opened, and none could be on a server.
        System.setProperty("java.awt.headless", "true");
        Drawing drawing = Objects.requireNonNull(report.drawing());
        String title = report.question() + (report.scoped() ? " (" + scope + ")" : "");
        Chart<?, ?> chart = Charts.of(drawing, title, rows);
        try (OutputStream out = Files.newOutputStream(path)) {
            if (ends(path, SVG)) {
                VectorGraphicsEncoder.saveVectorGraphic(chart, out, VectorGraphicsFormat.SVG);
            } else {
                BitmapEncoder.saveBitmap(chart, out, BitmapFormat.PNG);
            }
        } catch (IOException e) {
            throw new CommandFailedException(path + " cannot be written: " + e.getMessage(), e);
        }
    }
}
