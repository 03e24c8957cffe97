package dev.strandline.cli.doctor;

import dev.strandline.cli.configuration.Configuration;
import dev.strandline.cli.schedule.CronDaemon;
import dev.strandline.cli.schedule.Place;
import dev.strandline.cli.schedule.Places;
import dev.strandline.cli.schedule.Plan;
import dev.strandline.cli.schedule.ScheduleOptions;
import dev.strandline.cli.schedule.Scheduler;
import dev.strandline.cli.schedule.Schedules;
import dev.strandline.cli.schedule.Systemd;
import dev.strandline.core.repository.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a scheduler runs snapshots: its lines or units are there as they should be, what they start is, and so is it. */
final class ScheduleCheck {
    private static final String SCHEDULE = "schedule";
    private static final String SCHEDULER = "scheduler";
    private static final String COMMAND = "command";
    private static final String INSTALL = "Run 'strandline schedule install'.";

    private final Schedules schedules;
    private final ScheduleOptions options;
    private final Places places;

    ScheduleCheck(Schedules schedules, ScheduleOptions options) {
        this.schedules = schedules;
        this.options = options;
        this.places = schedules.places();
    }

    /** What is started: this program, and what the lines or units name. */
    List<Finding> command() {
        var launcher = schedules.launcher();
        if (launcher.isEmpty() || !Files.isExecutable(Path.of(launcher.get()))) {
            return List.of(Finding.failure(
                    COMMAND,
                    launcher.map(path -> path + " can't be run").orElse("where this program is installed is not known"),
                    "Unpack the installation again, and run its bin/strandline."));
        }
        try {
            for (var place : places(installed())) {
                var started = place.read().flatMap(InstalledCommand::of);
                if (started.isPresent() && !Files.isExecutable(Path.of(started.get()))) {
                    return List.of(Finding.failure(
                            COMMAND, place.display() + " starts " + started.get() + ", which can't be run", INSTALL));
                }
            }
        } catch (IOException | RefusedException _) {
            // What can't be read is told by the next check.
        }
        return List.of(Finding.ok(COMMAND, launcher.get()));
    }

    private List<Place> places(List<Scheduler> schedulers) {
        return schedulers.stream()
                .flatMap(scheduler -> places.of(scheduler).stream())
                .toList();
    }

    /** The scheduler that was asked about, else those that have something of ours. */
    private List<Scheduler> installed() throws IOException, RefusedException {
        var asked = options.scheduler();
        return asked.isPresent() ? List.of(asked.get()) : places.installed();
    }

    /** How often snapshots should be taken; empty where only people take them. */
    Optional<Duration> interval(Configuration configuration) {
        if (!configuration.policy().scheduled()) {
            return Optional.empty();
        }
        try {
            for (var scheduler : installed()) {
                var override = schedules.installedOverride(scheduler);
                if (override.isPresent()) {
                    return override;
                }
            }
        } catch (IOException | RefusedException _) {
            // Told by the check of the schedule.
        }
        return Optional.of(configuration.schedule().every());
    }

    List<Finding> findings(Optional<Configuration> configuration) {
        try {
            var installed = installed();
            if (configuration.isEmpty()) {
                return List.of(Finding.notChecked(SCHEDULE, ConfigurationCheck.NONE));
            }
            if (!configuration.get().policy().scheduled()) {
                return List.of(onlyManual(installed));
            }
            if (installed.isEmpty()) {
                return List.of(Finding.failure(SCHEDULE, "none is installed: nothing runs by itself", INSTALL));
            }
            var findings = new ArrayList<Finding>();
            if (installed.size() > 1) {
                findings.add(Finding.warning(
                        SCHEDULE,
                        "both cron and systemd run snapshots",
                        "Run 'strandline schedule remove --cron', or with --systemd."));
            }
            for (var scheduler : installed) {
                findings.addAll(intact(scheduler));
                findings.add(running(scheduler));
            }
            return findings;
        } catch (IOException e) {
            return List.of(Finding.failure(SCHEDULE, "it can't be read: " + e.getMessage(), INSTALL));
        } catch (RefusedException e) {
            return List.of(Finding.failure(SCHEDULE, String.valueOf(e.getMessage()), e.guidance()));
        }
    }

    private Finding onlyManual(List<Scheduler> installed) throws IOException, RefusedException {
        for (var place : places(installed)) {
            if (place.read().isPresent()) {
                return Finding.warning(
                        SCHEDULE,
                        "only manual snapshots on this host (scheduled = false), but " + place.display() + " is there",
                        "Run 'strandline schedule remove'.");
            }
        }
        return Finding.ok(SCHEDULE, "only manual snapshots on this host (scheduled = false)");
    }

    private List<Finding> intact(Scheduler scheduler) throws IOException, RefusedException {
        var override = schedules.installedOverride(scheduler);
        var plan = schedules.plan(scheduler, override);
        var findings = new ArrayList<Finding>();
        for (var part : plan.parts()) {
            var found = part.place().display();
            switch (part.state()) {
                case INTACT ->
                    part.place()
                            .whyIgnored()
                            .ifPresent(reason -> findings.add(Finding.failure(
                                    SCHEDULE,
                                    found + " is ignored: " + reason,
                                    "Run 'strandline schedule remove', then 'install'.")));
                case ABSENT -> findings.add(Finding.failure(SCHEDULE, found + " is not there", INSTALL));
                case DIFFERENT ->
                    findings.add(Finding.failure(
                            SCHEDULE,
                            found + " was changed: " + part.firstDifference().orElse("at its end"),
                            INSTALL));
                case FOREIGN ->
                    findings.add(Finding.failure(
                            SCHEDULE, found + " is " + Plan.State.FOREIGN.text(), "Move it away. " + INSTALL));
            }
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok(
                    SCHEDULE, plan.parts().getFirst().place().display() + ", every " + schedules.words(override)));
        }
        return findings;
    }

    private Finding running(Scheduler scheduler) throws IOException {
        return switch (scheduler) {
            case CRON ->
                new CronDaemon(Path.of("/proc")).isRunning()
                        ? Finding.ok(SCHEDULER, "cron is running")
                        : Finding.failure(
                                SCHEDULER,
                                "cron is not running",
                                "Start it, for example with 'systemctl enable --now cron'.");
            case SYSTEMD -> timer();
        };
    }

    private Finding timer() throws IOException {
        if (!places.systemdLooks()) {
            return Finding.ok(SCHEDULER, "systemd was not asked, since the units are elsewhere");
        }
        if (!Places.systemdRuns()) {
            return Finding.failure(
                    SCHEDULER,
                    "systemd does not run here",
                    "Run 'strandline schedule remove', then 'strandline schedule install --cron'.");
        }
        return new Systemd(places.ofSystem()).isTimerActive()
                ? Finding.ok(SCHEDULER, "systemd's timer is active")
                : Finding.failure(SCHEDULER, "systemd's timer is not active", INSTALL);
    }
}
