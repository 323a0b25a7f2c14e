package io.cartlog.cli.report;

import io.cartlog.cli.report.Report.Drawing;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Charts of a report's rows. What does not fit is left out, and the title says so.
final class Charts {
    private static final int WIDTH = 1_200;
    private static final int HEIGHT = 700;
    private static final int MOST_BARS = 40;
    private static final int MOST_LINES = 6;
    private static final int UPRIGHT_BARS = 14;

    /// A line through fewer shows nothing, or nothing but a slope.
    private static final int FEWEST_OF_A_LINE = 4;

    private static final Color INK = new Color(0x33, 0x3d, 0x47);
    private static final Color FAINT = new Color(0xe3, 0xe7, 0xeb);
    private static final Color[] COLOURS = {
        new Color(0x1f, 0x5f, 0x8b),
        new Color(0xd9, 0x7b, 0x29),
        new Color(0x3c, 0x8d, 0x5a),
        new Color(0xa8, 0x3c, 0x4f),
        new Color(0x6f, 0x5b, 0xa7),
        new Color(0x7a, 0x7a, 0x7a)
    };

    private Charts() {}

    static Chart<?, ?> of(Drawing drawing, String title, ReportRows rows) {
        return switch (drawing.shape()) {
            case BARS -> bars(drawing, title, rows);
            case TIME ->
                    rows.size() < FEWEST_OF_A_LINE
                            ? bars(drawing, title, rows)
                            : time(drawing, title, rows);
            case LINES -> lines(drawing, title, rows);
        };
    }

    private static Chart<?, ?> bars(Drawing drawing, String title, ReportRows rows) {
        Map<String, Double> bars = new LinkedHashMap<>();
        List<@Nullable Object> names = rows.column(drawing.x());
        List<@Nullable Object> heights = rows.column(drawing.y());
        for (int i = 0; i < names.size() && bars.size() < MOST_BARS; i++) {
            if (heights.get(i) != null) {
                bars.put(name(names.get(i)), number(heights.get(i)));
            }
        }
        String shown = names.size() > bars.size() ? title + " First " + bars.size() + "." : title;
        CategoryChart chart =
                new CategoryChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .theme(ChartTheme.XChart)
                        .title(shown)
                        .xAxisTitle(spoken(drawing.x()))
                        .yAxisTitle(spoken(drawing.y()))
                        .build();
        style(chart.getStyler());
        chart.getStyler().setAvailableSpaceFill(0.7).setLegendVisible(false);
        chart.getStyler().setXAxisLabelRotation(bars.size() > UPRIGHT_BARS ? 60 : 0);
        chart.addSeries(
                drawing.y(), new ArrayList<>(bars.keySet()), new ArrayList<>(bars.values()));
        return chart;
    }

    /// The library's axis of time wants the old class.
    @SuppressWarnings("JavaUtilDate")
    private static Chart<?, ?> time(Drawing drawing, String title, ReportRows rows) {
        XYChart chart = xy(drawing, title);
        chart.getStyler().setTimezone(TimeZone.getTimeZone("UTC"));
        chart.getStyler().setDatePattern("yyyy-MM-dd").setLegendVisible(false);
        List<Date> times =
                rows.column(drawing.x()).stream()
                        .map(time -> Date.from(moment(String.valueOf(time))))
                        .toList();
        List<Double> values = rows.column(drawing.y()).stream().map(Charts::number).toList();
        chart.addSeries(drawing.y(), times, values).setMarker(SeriesMarkers.NONE);
        return chart;
    }

    /// The start of what a period is called: `2010`, `2010-12`, `2010-W48`, `2010-12-01`,
    /// `2010-12-01T08:00:00Z`.
    static Instant moment(String period) {
        if (period.contains("T")) {
            return Instant.parse(period);
        }
        if (period.contains("W")) {
            return day(LocalDate.parse(period + "-1", DateTimeFormatter.ISO_WEEK_DATE));
        }
        return day(LocalDate.parse(period + "-01-01".substring(0, 10 - period.length())));
    }

    private static Instant day(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private static Chart<?, ?> lines(Drawing drawing, String title, ReportRows rows) {
        Map<String, Map<Double, Double>> lines = lines(drawing, rows);
        boolean some = lines.size() > MOST_LINES;
        XYChart chart = xy(drawing, some ? title + " First " + MOST_LINES + "." : title);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideS).setLegendVisible(true);
        chart.getStyler().setXAxisDecimalPattern("0");
        lines.entrySet().stream()
                .sorted(Comparator.comparingDouble(line -> -total(line.getValue())))
                .limit(MOST_LINES)
                .forEach(line ->
                        chart.addSeries(
                                line.getKey(),
                                new ArrayList<>(line.getValue().keySet()),
                                new ArrayList<>(line.getValue().values())));
        return chart;
    }

    private static Map<String, Map<Double, Double>> lines(Drawing drawing, ReportRows rows) {
        Map<String, Map<Double, Double>> lines = new LinkedHashMap<>();
        List<@Nullable Object> series = rows.column(Objects.requireNonNull(drawing.series()));
        List<@Nullable Object> xs = rows.column(drawing.x());
        List<@Nullable Object> ys = rows.column(drawing.y());
        for (int i = 0; i < series.size(); i++) {
            lines.computeIfAbsent(name(series.get(i)), _ -> new LinkedHashMap<>())
                    .put(number(xs.get(i)), number(ys.get(i)));
        }
        return lines;
    }

    private static double total(Map<Double, Double> line) {
        return line.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static XYChart xy(Drawing drawing, String title) {
        XYChart chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .theme(ChartTheme.XChart)
                        .title(title)
                        .xAxisTitle(spoken(drawing.x()))
                        .yAxisTitle(spoken(drawing.y()))
                        .build();
        style(chart.getStyler());
        chart.getStyler().setMarkerSize(5);
        return chart;
    }

    private static void style(AxesChartStyler styler) {
        styler.setPlotGridVerticalLinesVisible(false)
                .setPlotGridLinesColor(FAINT)
                .setPlotGridLinesStroke(new BasicStroke(1))
                .setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13))
                .setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14))
                .setAxisTickLabelsColor(INK)
                .setYAxisLabelAlignment(TextAlignment.Right)
                .setYAxisDecimalPattern("#,##0.##");
        styler.setChartBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 18))
                .setChartTitleBoxVisible(false)
                .setChartFontColor(INK)
                .setChartPadding(20)
                .setLegendBorderColor(Color.WHITE)
                .setSeriesColors(COLOURS);
    }

    private static String spoken(String column) {
        return column.replace('_', ' ');
    }

    private static String name(@Nullable Object value) {
        return value == null ? "(none)" : value.toString();
    }

    private static double number(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : 0;
    }
}
