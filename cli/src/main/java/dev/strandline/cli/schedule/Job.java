package dev.strandline.cli.schedule;

import dev.strandline.core.repository.RefusedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What shall be run, and how often. Paths are text as {@link dev.strandline.core.path.ByteText} has it, so they may be of
 * any bytes.
 *
 * @param launcher the program
 * @param configuration the file that counts for it
 * @param cacheFolder named to each run, since the lock against overlap lies there: a run by hand must find the same one
 * @param override the interval where it is not the configured one
 * @param ifRunning what a run does while another one still runs
 * @param user whom it runs as
 * @param reach what it needs of the machine
 */
record Job(
        String launcher,
        String configuration,
        String cacheFolder,
        Duration every,
        Optional<Duration> override,
        String ifRunning,
        String user,
        Reach reach) {

    /** @throws RefusedException when a path can stand neither in a crontab nor in a unit */
    Job checked() throws RefusedException {
        for (var text : List.of(launcher, configuration, cacheFolder)) {
            if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
                throw new RefusedException(
                        "a path with a line break or another control character in it can't be scheduled",
                        "Rename the folder that the program, the configuration or the cache is in.");
            }
        }
        return this;
    }

    /** The interval that counts. */
    Duration interval() {
        return override.orElse(every);
    }

    /** The program's arguments. */
    String arguments() {
        return "snapshot --trigger scheduled --if-running " + ifRunning;
    }
}
