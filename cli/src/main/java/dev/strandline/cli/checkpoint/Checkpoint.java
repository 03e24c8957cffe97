package dev.strandline.cli.checkpoint;

import dev.strandline.core.path.FilePath;
import dev.strandline.core.snapshot.Trigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;

/**
 * An older copy of a folder.
 *
 * @param folder where it is
 * @param path what it is a copy of: where a snapshot of it has its tree
 * @param time in whole seconds
 * @param message what was said of it, may be empty
 */
public record Checkpoint(FilePath folder, FilePath path, Instant time, TimeSource timeSource, String message) {
    /** Scripts that cron runs begin their descriptions so. */
    private static final String SCHEDULED = "[CRON";

    /** Where a checkpoint's time was found. */
    public enum TimeSource {
        NAME,
        INFO,
        MODIFIED
    }

    public Trigger trigger() {
        return message.regionMatches(true, 0, SCHEDULED, 0, SCHEDULED.length()) ? Trigger.SCHEDULED : Trigger.MANUAL;
    }

    Checkpoint at(Instant other) {
        return new Checkpoint(folder, path, other, timeSource, message);
    }

    /**
     * All, oldest first, those of the same time by the name of their folder. So that copies of one path can be told apart
     * by their times, one whose second is taken gets the next that is free: the same folders always get the same times.
     */
    public static List<Checkpoint> inOrder(List<Checkpoint> checkpoints) {
        var ordered = new ArrayList<Checkpoint>();
        var latest = new HashMap<FilePath, Instant>();
        for (var checkpoint : checkpoints.stream()
                .sorted(Comparator.comparing(Checkpoint::time).thenComparing(Checkpoint::folder))
                .toList()) {
            var time = checkpoint.time();
            var before = latest.get(checkpoint.path());
            if (before != null && !time.isAfter(before)) {
                time = before.plusSeconds(1);
            }
            latest.put(checkpoint.path(), time);
            ordered.add(checkpoint.at(time));
        }
        return ordered;
    }
}
