package dev.strandline.cli.doctor;

import dev.strandline.cli.configuration.Configuration;
import dev.strandline.cli.environment.Context;
import dev.strandline.cli.schedule.ScheduleOptions;
import dev.strandline.cli.schedule.Schedules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Looks at all that a run needs which nobody watches, as such a run would see it: of the environment, only what names the
 * configuration and the cache counts.
 */
public final class Doctor {
    /** What would open or name a repository for the user who asks, and for no scheduled run. */
    private static final List<String> NOT_FOR_SCHEDULED_RUNS = List.of(
            "STRANDLINE_REPOSITORY",
            "STRANDLINE_REPOSITORY_FILE",
            "STRANDLINE_KEY_FILE",
            "STRANDLINE_PASSWORD",
            "STRANDLINE_PASSWORD_FILE",
            "STRANDLINE_PASSWORD_COMMAND",
            "STRANDLINE_PASSWORD_FD");

    private final Context context;
    private final ScheduleOptions options;
    private final Supplier<String> hostname;

    /** @param hostname the name of this host's snapshots; asked only when there is a configuration */
    public Doctor(Context context, ScheduleOptions options, Supplier<String> hostname) {
        this.context = unattended(context);
        this.options = options;
        this.hostname = hostname;
    }

    private static Context unattended(Context context) {
        var unattended = context;
        for (var name : NOT_FOR_SCHEDULED_RUNS) {
            if (context.variable(name).isPresent()) {
                unattended = unattended.with(name, "");
            }
        }
        return unattended;
    }

    /** In the order in which to mend what is wrong. */
    public List<Finding> examine() {
        var configurationCheck = new ConfigurationCheck(context);
        var findings = new ArrayList<>(configurationCheck.findings());
        var configuration = configurationCheck.configuration();
        var schedules = new Schedules(context, options.places(context));
        var scheduleCheck = new ScheduleCheck(schedules, options);
        findings.addAll(sources(configuration));
        findings.addAll(scheduleCheck.command());
        findings.addAll(scheduleCheck.findings(configuration));
        findings.addAll(repository(configuration, scheduleCheck));
        findings.add(new CacheCheck(schedules.cacheFolder()).finding());
        findings.add(
                configuration.isEmpty()
                        ? Finding.notChecked("last run", ConfigurationCheck.NONE)
                        : new LastRunCheck(context, schedules.cacheFolder()).finding());
        return findings;
    }

    private List<Finding> sources(Optional<Configuration> configuration) {
        return configuration
                .map(known -> new SourceCheck(context.host()).findings(known.sources()))
                .orElseGet(() -> List.of(Finding.notChecked("sources", ConfigurationCheck.NONE)));
    }

    private List<Finding> repository(Optional<Configuration> configuration, ScheduleCheck schedule) {
        if (configuration.isEmpty()) {
            return List.of(Finding.notChecked("repository", ConfigurationCheck.NONE));
        }
        return new RepositoryCheck(context, hostname.get()).findings(schedule.interval(configuration.get()));
    }
}
