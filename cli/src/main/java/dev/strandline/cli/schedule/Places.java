package dev.strandline.cli.schedule;

import dev.strandline.core.repository.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the schedulers of a host, or a test, look for what to run.
 *
 * @param cron a file of the system's, or the user's crontab
 * @param units the folder of the units
 * @param ofSystem whether the units are the system's, not a user's
 * @param systemdLooks whether systemd finds units in that folder, so that it may be told of them
 */
public record Places(Place cron, Path units, boolean ofSystem, boolean systemdLooks) {
    /** As {@code sd_booted(3)} finds out. */
    private static final Path RUNNING_SYSTEMD = Path.of("/run/systemd/system");

    /** Whether systemd manages the services of this machine. */
    public static boolean systemdRuns() {
        return Files.isDirectory(RUNNING_SYSTEMD);
    }

    Place service() {
        return new OwnFile(units.resolve(Units.SERVICE));
    }

    Place timer() {
        return new OwnFile(units.resolve(Units.TIMER));
    }

    /** In the order in which they are written. */
    public List<Place> of(Scheduler scheduler) {
        return switch (scheduler) {
            case CRON -> List.of(cron);
            case SYSTEMD -> List.of(service(), timer());
        };
    }

    /** The schedulers that have something of ours. */
    public List<Scheduler> installed() throws IOException, RefusedException {
        var found = new ArrayList<Scheduler>();
        for (var scheduler : Scheduler.values()) {
            for (var place : of(scheduler)) {
                if (place.read().filter(Marker::isIn).isPresent() && !found.contains(scheduler)) {
                    found.add(scheduler);
                }
            }
        }
        return found;
    }
}
