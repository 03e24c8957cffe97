package dev.strandline.cli.configuration;

import java.time.Duration;
import java.util.List;

/**
 * When snapshots are taken by themselves.
 *
 * @param every divides an hour or a day, so that cron can do it too
 * @param ifRunning what a run does while another one still runs: skip, wait or fail
 */
public record Schedule(Duration every, String ifRunning) {
    /** What a run can do while another one still runs. */
    public static final List<String> CHOICES = List.of("skip", "wait", "fail");

    static final Schedule DEFAULT = new Schedule(Duration.ofMinutes(15), "skip");

    /** Whether runs in this interval fall on the same minutes each hour, or on the same hours each day. */
    public static boolean canBe(Duration every) {
        long minutes = every.toMinutes();
        if (minutes < 1 || !every.equals(Duration.ofMinutes(minutes))) {
            return false;
        }
        return minutes < 60 ? 60 % minutes == 0 : minutes % 60 == 0 && 24 % (minutes / 60) == 0;
    }
}
