package dev.strandline.cli.output;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Bytes, files, rate and time left on a terminal, sampled a few times a second. */
public final class ProgressDisplay implements AutoCloseable {
    /** Something that is shown until it is closed. */
    public interface Shown extends AutoCloseable {
        @Override
        void close();
    }

    private static final int REFRESH_MILLIS = 200;
    private static final long MEBIBYTE = 1L << 20;

    private final ProgressBar bar;
    private final ScheduledExecutorService sampler;
    private final Runnable sample;

    private ProgressDisplay(ProgressBar bar, Runnable sample) {
        this.bar = bar;
        this.sample = sample;
        this.sampler = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("progress").factory());
        var _ = sampler.scheduleAtFixedRate(sample, REFRESH_MILLIS, REFRESH_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Begins to draw.
     *
     * @param totalBytes of the whole task; -1 as long as nobody knows: then there is no time left
     */
    public static ProgressDisplay start(String task, LongSupplier totalBytes, LongSupplier bytes, LongSupplier files) {
        var bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(totalBytes.getAsLong())
                .setUnit("MiB", MEBIBYTE)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REFRESH_MILLIS)
                .showSpeed()
                .setEtaFunction(state -> eta(state.getMax(), state.getCurrent(), state.getElapsedAfterStart()))
                .clearDisplayOnFinish()
                .build();
        return new ProgressDisplay(bar, () -> {
            bar.maxHint(Math.max(totalBytes.getAsLong(), -1));
            bar.stepTo(bytes.getAsLong());
            bar.setExtraMessage(Quantities.count(files.getAsLong(), " file"));
        });
    }

    private static java.util.Optional<Duration> eta(long max, long current, Duration elapsed) {
        return max <= 0 || current <= 0
                ? java.util.Optional.empty()
                : java.util.Optional.of(Duration.ofNanos(
                        (long) (elapsed.toNanos() * ((double) Math.max(0, max - current) / current))));
    }

    @Override
    public void close() {
        sampler.shutdownNow();
        sample.run();
        bar.close();
    }
}
