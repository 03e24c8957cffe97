package dev.strandline.cli.configuration;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Shell commands around a run or around a source.
 *
 * @param before the run, or the capture of the source, needs this to succeed
 * @param after what was saved, or after the source was captured
 * @param onFailure when nothing, or not all, was saved
 * @param timeout each is killed after this
 */
public record Hooks(Optional<String> before, Optional<String> after, Optional<String> onFailure, Duration timeout) {
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(5);

    public static final Hooks NONE = new Hooks(Optional.empty(), Optional.empty(), Optional.empty(), DEFAULT_TIMEOUT);

    /** Whether a run with these, of these sources, runs any. */
    public static boolean areAny(Hooks ofRun, List<ConfiguredSource> sources) {
        return !ofRun.isEmpty()
                || sources.stream().anyMatch(source -> !source.hooks().isEmpty());
    }

    private boolean isEmpty() {
        return before.isEmpty() && after.isEmpty() && onFailure.isEmpty();
    }
}
