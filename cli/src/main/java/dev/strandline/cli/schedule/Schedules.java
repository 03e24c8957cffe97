package dev.strandline.cli.schedule;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.HostConfiguration;
import dev.strandline.cli.options.RepositoryOptions;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.RefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the configuration of this host asks for, as plans for its schedulers. */
public final class Schedules {
    private final Context context;
    private final Places places;
    private final Optional<String> home;

    public Schedules(Context context, Places places) {
        this(context, places, Optional.ofNullable(System.getProperty("strandline.home")));
    }

    /** @param home where the program is installed; empty when it isn't */
    Schedules(Context context, Places places, Optional<String> home) {
        this.context = context;
        this.places = places;
        this.home = home;
    }

    public Places places() {
        return places;
    }

    /** The program that a scheduler can start. */
    public Optional<String> launcher() {
        return home.map(folder -> folder + "/bin/strandline");
    }

    /** The one that is installed; else what runs services here. */
    public Scheduler usual() throws IOException, RefusedException {
        var installed = places.installed();
        if (!installed.isEmpty()) {
            return installed.getFirst();
        }
        return Places.systemdRuns() ? Scheduler.SYSTEMD : Scheduler.CRON;
    }

    /** The interval that what is installed was given instead of the configured one. */
    public Optional<Duration> installedOverride(Scheduler scheduler) throws IOException, RefusedException {
        for (var place : places.of(scheduler)) {
            var found = place.read().flatMap(Marker::override);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** How often what is installed runs, and why so. */
    public String words(Optional<Duration> override) {
        var configured = context.configuration().get().schedule().every();
        return override.map(every -> Interval.text(every) + " as was said at its installation; configured are "
                        + Interval.text(configured))
                .orElseGet(() -> Interval.text(configured));
    }

    /**
     * What to install.
     *
     * @param override of the configured interval
     * @throws RefusedException when nothing can or may be scheduled on this host
     */
    public Plan plan(Scheduler scheduler, Optional<Duration> override) throws RefusedException {
        var job = job(override).checked();
        var parts = new ArrayList<Plan.Part>();
        switch (scheduler) {
            case CRON ->
                parts.add(new Plan.Part(
                        places.cron(),
                        switch (places.cron()) {
                            case OwnFile _ -> CronLines.systemFile(job);
                            case UserCrontab _ -> CronLines.block(job);
                        }));
            case SYSTEMD -> {
                parts.add(new Plan.Part(places.service(), Units.service(job, places.ofSystem())));
                parts.add(new Plan.Part(places.timer(), Units.timer(job)));
            }
        }
        return new Plan(scheduler, parts);
    }

    private Job job(Optional<Duration> override) throws RefusedException {
        var file = new HostConfiguration(context.host(), context.files(), context.environment())
                .file()
                .orElseThrow(() -> new RefusedException(
                        "there is no configuration, so a scheduled run would not know what to save",
                        "Write /etc/strandline/strandline.toml with repository, key-file and [[source]]."));
        var configuration = context.configuration().get();
        String name = file.display();
        if (!configuration.policy().scheduled()) {
            throw new RefusedException(
                    "scheduled snapshots are switched off on this host",
                    "Remove scheduled = false from " + name + " if that is no longer so.");
        }
        if (configuration.sources().isEmpty()) {
            throw new RefusedException(
                    name + " has no sources, so a scheduled run would not know what to save",
                    "Write a [[source]] with its path.");
        }
        var access = configuration.access();
        for (var path : List.of(access.repository(), access.keyFile(), access.passwordFile())) {
            if (path.isPresent() && !path.get().startsWith("/")) {
                throw new RefusedException(
                        "'" + path.get() + "' in " + name + " is no absolute path, so each run would look elsewhere",
                        "Write it from / on.");
            }
        }
        var repository = access.repository()
                .map(context::absolute)
                .orElseThrow(() -> new RefusedException(
                        name + " names no repository; a scheduled run has nobody's environment",
                        "Write repository = \"/folder\" at its beginning."));
        var program = launcher()
                .orElseThrow(() -> new RefusedException(
                        "where this program is installed is not known", "Run bin/strandline of an installation."));
        var cacheFolder = cacheFolder();
        return new Job(
                program,
                ByteText.decode(file.toBytes()),
                ByteText.decode(cacheFolder.toBytes()),
                configuration.schedule().every(),
                override,
                configuration.schedule().ifRunning(),
                ScheduleOptions.userName(),
                Reach.of(configuration, repository, cacheFolder, List.of(file, FilePath.of(program))));
    }

    /** The one that runs by hand use too, also when this is asked by a service that has no home. */
    public FilePath cacheFolder() {
        var athome = context.variable("HOME").isPresent()
                ? context
                : context.with("HOME", System.getProperty("user.home", "/root"));
        return context.absolute(RepositoryOptions.cacheDirectory(athome).toString());
    }
}
