package dev.strandline.cli.schedule;

import dev.strandline.cli.schedule.Plan.State;
import dev.strandline.core.repository.RefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts plans in their places and takes them away. What others wrote there it never touches. */
public final class Installer {
    private final Places places;

    public Installer(Places places) {
        this.places = places;
    }

    /** @throws RefusedException when something that others wrote is in the way */
    public void check(Plan plan) throws IOException, RefusedException {
        for (var part : plan.parts()) {
            if (part.state() == State.FOREIGN) {
                throw foreign(part.place());
            }
        }
    }

    /** Writes what is not there already. */
    public List<Place> write(Plan plan) throws IOException, RefusedException {
        check(plan);
        var written = new ArrayList<Place>();
        for (var part : plan.parts()) {
            if (part.state() != State.INTACT) {
                part.place().write(part.text());
                written.add(part.place());
            }
        }
        return written;
    }

    /**
     * Has systemd see and start what was written.
     *
     * @return commands that the user must run, since systemd does not run here
     * @throws RefusedException when systemd would not
     */
    public List<String> start(Scheduler scheduler) throws RefusedException {
        if (scheduler != Scheduler.SYSTEMD || !places.systemdLooks()) {
            return List.of();
        }
        var systemd = new Systemd(places.ofSystem());
        if (!Places.systemdRuns()) {
            return systemd.typed(Systemd.AFTER_INSTALL);
        }
        Optional<String> failure = systemd.request(Systemd.AFTER_INSTALL);
        if (failure.isPresent()) {
            throw new RefusedException(
                    "the units are written, but the timer is not started: " + failure.get(),
                    "Run '" + String.join("' and '", systemd.typed(Systemd.AFTER_INSTALL)) + "'.");
        }
        return List.of();
    }

    /**
     * What of ours is there.
     *
     * @throws RefusedException when something that others wrote is in its place
     */
    public List<Place> removable(List<Scheduler> schedulers) throws IOException, RefusedException {
        var ours = new ArrayList<Place>();
        for (var scheduler : schedulers) {
            for (var place : places.of(scheduler)) {
                var found = place.read();
                if (found.isPresent() && !Marker.isIn(found.get())) {
                    throw foreign(place);
                }
                found.ifPresent(_ -> ours.add(place));
            }
        }
        return ours;
    }

    /**
     * Takes them away.
     *
     * @return what systemd had to say against it; the files are gone all the same
     */
    public Optional<String> remove(List<Place> ours) throws IOException, RefusedException {
        boolean tellSystemd = places.systemdLooks() && Places.systemdRuns() && ours.contains(places.timer());
        var systemd = new Systemd(places.ofSystem());
        var failure = tellSystemd ? systemd.request(Systemd.BEFORE_REMOVE) : Optional.<String>empty();
        for (var place : ours) {
            place.remove();
        }
        return tellSystemd ? failure.or(() -> systemd.request(Systemd.AFTER_REMOVE)) : failure;
    }

    private static RefusedException foreign(Place place) {
        return new RefusedException(
                place.display() + " is " + State.FOREIGN.text() + ", so it is left alone",
                "Move it away if it is no longer needed, or choose with --cron or --systemd.");
    }
}
