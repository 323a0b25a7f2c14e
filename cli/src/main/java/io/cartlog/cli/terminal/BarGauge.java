package io.cartlog.cli.terminal;

import java.util.function.Consumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// A bar on a terminal, with rate and estimate.
final class BarGauge implements Gauge {
    private static final int WIDTH = 100;
    private final ProgressBar bar;
    private final Runnable end;

    BarGauge(String what, String unit, long total, Consumer<String> overwrite, Runnable end) {
        this.end = end;
        this.bar =
                new ProgressBarBuilder()
                        .setTaskName(what)
                        .setInitialMax(total)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUnit(" " + unit, 1)
                        .setUpdateIntervalMillis(250)
                        .setMaxRenderedLength(WIDTH)
                        .setConsumer(new DelegatingProgressBarConsumer(overwrite, WIDTH))
                        .showSpeed()
                        .build();
    }

    @Override
    public void at(long done) {
        bar.stepTo(done);
    }

    @Override
    public void of(long total) {
        bar.maxHint(total);
    }

    @Override
    public void close() {
        bar.close();
        end.run();
    }
}
